CREATE TABLE reconnect_ceased (
    number integer NOT NULL,
    circle character varying(200) NOT NULL,
    ceased text NOT NULL
);
CREATE SEQUENCE reconnect_ceased_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE reconnect_ceased_number_seq OWNED BY reconnect_ceased.number;
CREATE TABLE reconnect_entries (
    circle character varying(200) NOT NULL,
    author character varying(200) NOT NULL,
    id character varying(200) NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    about character varying(200),
    audience character varying(200) NOT NULL,
    reveal character varying(200),
    body text NOT NULL
);
CREATE TABLE reconnect_marks (
    mark character varying(200) NOT NULL
);
CREATE TABLE reconnect_meta (
    name character varying(200) NOT NULL,
    value text NOT NULL
);
CREATE TABLE reconnect_people (
    person character varying(200) NOT NULL,
    circle character varying(200) NOT NULL
);
ALTER TABLE ONLY reconnect_ceased ALTER COLUMN number SET DEFAULT nextval('reconnect_ceased_number_seq'::regclass);
INSERT INTO reconnect_ceased VALUES (1, 'c1', '{"about":"p1","held":{"type":"windows","windows":[{"end":"2026-01-06T19:00:00Z","start":"2026-01-05T20:00:00Z","type":"window"}]},"reconnect":1,"type":"ceased"}');
INSERT INTO reconnect_entries VALUES ('c1', 'ana', 'founding', 1767639600000000, 'circle.founded', NULL, 'shared', NULL, '{"kind":"circle.founded","members":["ana","ben","cy"],"reconnect":1}');
INSERT INTO reconnect_entries VALUES ('c1', 'ana', 'introduced:2026-01-05T19:00:00+00:00', 1767639600000000, 'circle.introduced', NULL, 'shared', NULL, '{"kind":"circle.introduced","name":"Ana","reconnect":1,"zone":"America/New_York"}');
INSERT INTO reconnect_entries VALUES ('c1', 'ben', 'introduced:2026-01-05T19:00:00+00:00', 1767639600000000, 'circle.introduced', NULL, 'shared', NULL, '{"kind":"circle.introduced","name":"Ben","reconnect":1,"zone":"Europe/Paris"}');
INSERT INTO reconnect_entries VALUES ('c1', 'ana', 'a86d79336ebb7ecc339dadf4207b515c', 1767639600000000, 'proposal.offered', 'p1', 'shared', NULL, '{"kind":"proposal.offered","lasts":"P90D","reconnect":1,"stands":"P30D","value":{"kind":"note","text":"no phones at dinner"}}');
INSERT INTO reconnect_entries VALUES ('c1', 'ben', 'a98e45cee92c6d2525a71f84c11ed240', 1767643200000000, 'proposal.accepted', 'p1', 'shared', NULL, '{"kind":"proposal.accepted","offer":"955afa0a1658dbb3474f0dd436b76669","reconnect":1}');
INSERT INTO reconnect_entries VALUES ('c1', 'ana', '90ff3032e2af1b3050aa3148dc8902ea', 1767639600000000, 'reveal.asked', 'r1', 'shared', NULL, '{"closes":"2026-01-06T19:00:00Z","kind":"reveal.asked","prompt":{"kind":"note","text":"a small joy?"},"reconnect":1}');
INSERT INTO reconnect_entries VALUES ('c1', 'ana', 'd5655c1105220ed552f3b76eee105a03', 1767639600000000, 'reveal.answered', 'r1', 'sealed', 'r1', '{"kind":"reveal.answered","question":"fd5ed4d4a4774c64845bb1e33b6ec8a1","reconnect":1,"text":"tea"}');
INSERT INTO reconnect_entries VALUES ('c1', 'ana', 'n1', 1767646800000000, 'note', NULL, 'private', NULL, '{"kind":"note","reconnect":1,"text":"ü, 圈, 💜 and ''quotes''"}');
INSERT INTO reconnect_entries VALUES ('c1', 'ben', 'n1', 1767646800000001, 'note', 'p1', 'shared', NULL, '{"kind":"note","reconnect":1,"text":"shared"}');
INSERT INTO reconnect_entries VALUES ('c1', 'cy', '4223f58da9af9ae1e93086e7f3ce915e', 1767726000000000, 'circle.left', NULL, 'shared', NULL, '{"kind":"circle.left","reconnect":1}');
INSERT INTO reconnect_marks VALUES ('efe670fd18e4fee4ae0c6b7fa9e9e0378b2f09fee1f2099da5ea5fb80eda1845');
INSERT INTO reconnect_marks VALUES ('5bff900f499564e92f0e969a2a531f9784dc24d7cd39c779c6739255e08fcddd');
INSERT INTO reconnect_marks VALUES ('33f0ff48281b9c5ec9e736329a4a4a857f2eb26c8e4820487eb7d516d3b8886e');
INSERT INTO reconnect_meta VALUES ('schema', '1');
INSERT INTO reconnect_meta VALUES ('key_check', '75a05223df2f5776c1ea6f2377ff9180e5371f8500ef496fcb798a63b91bd8b6');
INSERT INTO reconnect_people VALUES ('ana', 'c1');
INSERT INTO reconnect_people VALUES ('ben', 'c1');
INSERT INTO reconnect_people VALUES ('cy', 'c1');
SELECT pg_catalog.setval('reconnect_ceased_number_seq', 1, true);
ALTER TABLE ONLY reconnect_ceased
    ADD CONSTRAINT reconnect_ceased_pkey PRIMARY KEY (number);
ALTER TABLE ONLY reconnect_entries
    ADD CONSTRAINT reconnect_entries_pkey PRIMARY KEY (circle, author, id);
ALTER TABLE ONLY reconnect_marks
    ADD CONSTRAINT reconnect_marks_pkey PRIMARY KEY (mark);
ALTER TABLE ONLY reconnect_meta
    ADD CONSTRAINT reconnect_meta_pkey PRIMARY KEY (name);
ALTER TABLE ONLY reconnect_people
    ADD CONSTRAINT reconnect_people_pkey PRIMARY KEY (person, circle);
CREATE INDEX ix_reconnect_ceased_circle ON reconnect_ceased USING btree (circle);
CREATE INDEX reconnect_entries_by_author ON reconnect_entries USING btree (author);
CREATE INDEX reconnect_entries_by_kind ON reconnect_entries USING btree (circle, kind);
