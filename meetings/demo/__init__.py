"""Demo data: two invented municipalities, three years of minutes, a meeting in every state.

    cast      the municipalities, their organisations and people
    minutes/  what was said, as text files (reading.py tells how they are written)
    telling   the text files lived through, meeting by meeting, through the activities
    clock     the time it is told at; the only thing here that no user could do
    accounts  who can sign in, and what waits for them

Only manage.py demo imports this. Everyone and everything in it is invented.
"""
