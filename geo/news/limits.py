"""How much of what is read from elsewhere is taken in: every limit of reading, named, in one place."""

from __future__ import annotations

MIB = 1024 * 1024

# a file that has to be in memory as a whole: text, page, Markdown, PDF, feed, one JSON document
WHOLE_FILE_BYTES = 64 * MIB
# one line of JSON Lines, one cell of CSV, one record of WARC
RECORD_BYTES = 32 * MIB
# a line of a WARC file: its headers are short, and what stands in it has line ends, if only by chance
WARC_LINE_BYTES = 8 * MIB
# an article's text; a book is 1-2 million characters
TEXT_CHARACTERS = 12_000_000
# a page's markup that is worth parsing; libxml2 needs some ten times as much memory for its tree
MARKUP_CHARACTERS = 16_000_000
# beyond this size a packed file may not be more than so many times its packed size: text packs 3-15 times
UNPACKED_FREE_BYTES = 64 * MIB
UNPACKED_RATIO = 100
PDF_PAGES = 500
# a page's own description of itself (front matter)
FRONT_MATTER_CHARACTERS = 64 * 1024
# a title or a publisher's name is a line, not a text
FIELD_CHARACTERS = 400
ADDRESS_CHARACTERS = 2_000
# press dates lie between this and today; a year outside is a mistake of the file
FIRST_YEAR = 1600
# folders within folders
FOLDER_DEPTH = 64
# what a worker is given at once, and what it reads before it tells of it; large enough to outweigh the way, small
# enough for a flat memory
BATCH_BYTES = MIB
BATCH_ITEMS = 64
# a large file of JSON Lines is divided into ranges of this size
RANGE_BYTES = 4 * MIB
# what one document may take of a worker: a page of some megabytes takes seconds; the memory is the process's data,
# some 150 MiB of it before the first document
DOCUMENT_SECONDS = 60.0
WORKER_BYTES = 512 * MIB
# a document whose worker was ended from outside is tried again; after so many times it is set aside
TRIES = 3
# a reader's own files, all of one upload together
UPLOAD_FILES = 200
UPLOAD_BYTES = 200 * MIB
UPLOAD_UNPACKED_BYTES = 1024 * MIB
UPLOAD_DOCUMENT_SECONDS = 20.0
UPLOAD_SECONDS = 120.0
# faults of one file that are told one by one
FAULTS_OF_A_FILE = 20
# and of all files together; the rest is counted
FAULTS_LISTED = 1_000
# what a watch takes of one answer, unpacked: a feed, a page, a robots.txt (RFC 9309 asks for 500 KiB at least)
FEED_BYTES = 4 * MIB
PAGE_BYTES = 4 * MIB
ROBOTS_BYTES = MIB // 2
# how long one answer may take altogether, and how long nothing at all may come
ANSWER_SECONDS = 60.0
SILENCE_SECONDS = 20.0
REDIRECTS = 5
# pages of one feed that are read in one round; the rest waits for the next
PAGES_A_ROUND = 20
# an ingest commits whenever so much time has passed: what a kill may cost
COMMIT_SECONDS = 1.0
