"""The tables of a store in PostgreSQL, version by version; what was released is never changed, only followed."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL);
    INSERT INTO meta VALUES ('changes', '0');
    CREATE TABLE articles (
        number bigint PRIMARY KEY,
        article_id text NOT NULL,
        canonical bigint NOT NULL,
        shipped boolean NOT NULL,
        title text NOT NULL, publisher text NOT NULL, publisher_country text NOT NULL, agency text NOT NULL,
        agency_country text NOT NULL, date text NOT NULL, language text NOT NULL, url text NOT NULL,
        file text NOT NULL, signature bytea NOT NULL,
        UNIQUE (article_id, shipped)
    );
    CREATE INDEX articles_by_canonical ON articles (canonical);
    CREATE TABLE passages (
        number bigint PRIMARY KEY,
        article bigint NOT NULL,
        shipped boolean NOT NULL,
        language text NOT NULL, quote text NOT NULL, mentions text NOT NULL
    );
    CREATE INDEX passages_by_article ON passages (article);
    CREATE INDEX shipped_quotes ON passages (quote) WHERE shipped;
    CREATE TABLE bands (key bigint, article bigint, PRIMARY KEY (key, article));
    CREATE TABLE publishers (publisher text, country text, PRIMARY KEY (publisher, country));
    """,
)
# the index of words is made anew from the passages, so it has no history. What ranking alone needs stands apart from
# the rows that counting walks through
INDEX = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS texts;
CREATE TABLE words (number bigint PRIMARY KEY, terms tsvector NOT NULL);
CREATE TABLE texts (
    number bigint PRIMARY KEY, forms text NOT NULL, stems text NOT NULL, weight double precision NOT NULL
);
"""
# entries are put in their place at once: a search never waits for a list of those that are pending
INDEX_OF_TERMS = "CREATE INDEX words_by_term ON words USING gin (terms) WITH (fastupdate = off)"
