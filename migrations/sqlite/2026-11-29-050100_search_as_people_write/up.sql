-- Searches read all apostrophes as one, and all hyphens and dashes as another.
update leads set search_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(search_key, '‘', ''''), '’', ''''), '‛', ''''), 'ʼ', ''''), '′', ''''), '`', ''''), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), '―', '-'), '−', '-')
where search_key glob '*[‘’‛ʼ′`‐‑‒–—―−]*';
update lead_statuses set search_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(search_key, '‘', ''''), '’', ''''), '‛', ''''), 'ʼ', ''''), '′', ''''), '`', ''''), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), '―', '-'), '−', '-')
where search_key glob '*[‘’‛ʼ′`‐‑‒–—―−]*';
update users set search_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(search_key, '‘', ''''), '’', ''''), '‛', ''''), 'ʼ', ''''), '′', ''''), '`', ''''), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), '―', '-'), '−', '-')
where search_key glob '*[‘’‛ʼ′`‐‑‒–—―−]*';

-- Sources as they were written the first time. The keys are in lower case; the program unifies what is here at its start,
-- since not every database knows the case of all letters.
create table lead_sources (
    source_key text primary key not null,
    source text not null
);
insert into lead_sources (source_key, source) select source, source from leads where source <> '' group by source;
create unique index lead_sources_source on lead_sources (source);
