-- What the page names its outlet is kept beside the one name of the outlet.
ALTER TABLE core.articles ADD COLUMN IF NOT EXISTS outlet_given VARCHAR;
UPDATE core.articles SET outlet_given = outlet_name WHERE outlet_given IS NULL;
