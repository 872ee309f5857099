"""What `./run bench` measures: one module a subject, each figure beside its reference.

measuring  the whole, in order    figures  a figure, its line, how large everything is
material   data, made through the activities    archive, words  a large archive to search
pages      the web pages    queries  what they ask the database    weight  what is downloaded
typing     a key on the desk, in a browser
paper      the PDF    memory  a worker over time    search  the archive
previewing  the pages beside the text
"""
