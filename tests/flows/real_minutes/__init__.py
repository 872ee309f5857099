"""The two real minutes in ../shared/protocols: read, entered through the activities, compared.

Names of real people and their words are only ever read from those files. Nothing of them is
written down in this repository.
"""
