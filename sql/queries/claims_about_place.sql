-- What is said about a place? A country takes in its towns.
-- param: place = Homs
SELECT published_at, outlet_name, speakers, is_denial, content_text, places, about_start_date, grade, url
FROM about($place)
