"""What `./run bench` measures: one module a subject, each figure beside its reference.

material   data, made through the activities
paper      the PDF    pages    the web pages    weight   what a page is to download
search     the archive    memory   a worker over time
figures    a figure and its line, and how large everything is
"""
