-- Searches read all apostrophes as one, and all hyphens and dashes as another.
update leads set search_key = translate(search_key, '‘’‛ʼ′`‐‑‒–—―−', repeat('''', 6) || repeat('-', 7))
where search_key ~ '[‘’‛ʼ′`‐‑‒–—―−]';
update lead_statuses set search_key = translate(search_key, '‘’‛ʼ′`‐‑‒–—―−', repeat('''', 6) || repeat('-', 7))
where search_key ~ '[‘’‛ʼ′`‐‑‒–—―−]';
update users set search_key = translate(search_key, '‘’‛ʼ′`‐‑‒–—―−', repeat('''', 6) || repeat('-', 7))
where search_key ~ '[‘’‛ʼ′`‐‑‒–—―−]';

-- Sources as they were written the first time. The keys are in lower case; the program unifies what is here at its start,
-- since not every database knows the case of all letters.
create table lead_sources (
    source_key text collate "C" primary key not null,
    source text collate "C" not null
);
insert into lead_sources (source_key, source) select source, source from leads where source <> '' group by source;
create unique index lead_sources_source on lead_sources (source);
