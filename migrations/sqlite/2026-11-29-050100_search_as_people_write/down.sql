drop table lead_sources;
