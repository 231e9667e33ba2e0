alter table import_jobs drop column options;
