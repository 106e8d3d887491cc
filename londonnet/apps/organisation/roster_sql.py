"""The statements that apply a roster. Their number doesn't grow with its rows.

They read the temporary tables that `arriving` fills. A blank name changes nothing that is known already; something
new without a name is called by its code.
"""

from typing import Final

# What comes without a name keeps the one it has, or is called by its code.
KNOWN_NAMES: Final = """
WITH known AS (
    SELECT 'region' AS level, code, name, search_key FROM organisation_region
    UNION ALL SELECT 'pdu', code, name, search_key FROM organisation_pdu
    UNION ALL SELECT 'ldu', code, name, search_key FROM organisation_ldu
    UNION ALL SELECT 'team', code, name, search_key FROM organisation_team
)
UPDATE arriving_place SET name = coalesce(known.name, arriving.code),
    search_key = coalesce(known.search_key, lower(arriving.code))
FROM arriving_place arriving LEFT JOIN known ON known.level = arriving.level AND known.code = arriving.code
WHERE arriving_place.name = '' AND arriving_place.level = arriving.level AND arriving_place.code = arriving.code
"""
KNOWN_PEOPLE: Final = """
UPDATE arriving_practitioner SET surname = coalesce(stored.surname, ''), forename = coalesce(stored.forename, ''),
    sort_key = coalesce(stored.sort_key, lower(arriving.om_key))
FROM arriving_practitioner arriving LEFT JOIN organisation_practitioner stored ON stored.om_key = arriving.om_key
WHERE arriving_practitioner.om_key = arriving.om_key
    AND arriving_practitioner.surname = '' AND arriving_practitioner.forename = ''
"""

# Answer (level, code, new name, old name), and write the old ones into the history.
RENAMED_PLACES: Final = """
WITH stored AS (
    SELECT 'region' AS level, code, name FROM organisation_region
    UNION ALL SELECT 'pdu', code, name FROM organisation_pdu
    UNION ALL SELECT 'ldu', code, name FROM organisation_ldu
    UNION ALL SELECT 'team', code, name FROM organisation_team
), renamed AS (
    SELECT level, code, arriving.name AS name, stored.name AS old_name
    FROM arriving_place arriving JOIN stored USING (level, code) WHERE arriving.name <> stored.name
), history AS (
    INSERT INTO organisation_namechange (level, code, name, until)
    SELECT level, code, old_name, %(day)s FROM renamed
)
SELECT level, code, name, old_name FROM renamed
"""
RENAMED_PEOPLE: Final = """
WITH renamed AS (
    SELECT om_key, trim(arriving.forename || ' ' || arriving.surname) AS name,
        trim(stored.forename || ' ' || stored.surname) AS old_name
    FROM arriving_practitioner arriving JOIN organisation_practitioner stored USING (om_key)
    WHERE (arriving.forename, arriving.surname) <> (stored.forename, stored.surname)
), history AS (
    INSERT INTO organisation_namechange (level, code, name, until)
    SELECT 'practitioner', om_key, old_name, %(day)s FROM renamed WHERE old_name <> ''
)
SELECT 'practitioner', om_key, name, old_name FROM renamed WHERE old_name <> ''
"""

# Answers (level, code, name, old parent, new parent) of what stands elsewhere now.
MOVED_PLACES: Final = """
WITH stored AS (
    SELECT 'pdu' AS level, pdu.code, region.code AS parent_code, region.name AS parent_name
    FROM organisation_pdu pdu JOIN organisation_region region ON region.id = pdu.region_id
    UNION ALL
    SELECT 'team', team.code, pdu.code, pdu.name
    FROM organisation_team team JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
)
SELECT arriving.level, arriving.code, arriving.name, stored.parent_name, parent.name
FROM arriving_place arriving
JOIN stored USING (level, code)
JOIN arriving_place parent ON parent.code = arriving.parent_code
    AND parent.level = CASE arriving.level WHEN 'pdu' THEN 'region' ELSE 'pdu' END
WHERE arriving.parent_code <> stored.parent_code
"""

# Answer (code, name) of what wasn't known.
NEW_TEAMS: Final = """
SELECT code, name FROM arriving_place arriving
WHERE level = 'team' AND NOT EXISTS (SELECT 1 FROM organisation_team stored WHERE stored.code = arriving.code)
"""
NEW_PEOPLE: Final = """
SELECT om_key, trim(forename || ' ' || surname) FROM arriving_practitioner arriving
WHERE NOT EXISTS (SELECT 1 FROM organisation_practitioner stored WHERE stored.om_key = arriving.om_key)
"""

# In this order: what stands in something comes after it. What hasn't changed isn't written.
UPSERTS: Final = (
    """
INSERT INTO organisation_region AS stored (code, name, search_key)
SELECT code, name, search_key FROM arriving_place WHERE level = 'region' ORDER BY code
ON CONFLICT (code) DO UPDATE SET name = excluded.name, search_key = excluded.search_key
WHERE (stored.name, stored.search_key) <> (excluded.name, excluded.search_key)
""",
    """
INSERT INTO organisation_pdu AS stored (code, name, search_key, region_id)
SELECT arriving.code, arriving.name, arriving.search_key, region.id
FROM arriving_place arriving JOIN organisation_region region ON region.code = arriving.parent_code
WHERE level = 'pdu' ORDER BY arriving.code
ON CONFLICT (code) DO UPDATE SET name = excluded.name, search_key = excluded.search_key, region_id = excluded.region_id
WHERE (stored.name, stored.search_key, stored.region_id) <> (excluded.name, excluded.search_key, excluded.region_id)
""",
    """
INSERT INTO organisation_ldu AS stored (code, name, search_key, pdu_id)
SELECT arriving.code, arriving.name, arriving.search_key, pdu.id
FROM arriving_place arriving JOIN organisation_pdu pdu ON pdu.code = arriving.parent_code
WHERE level = 'ldu' ORDER BY arriving.code
ON CONFLICT (code) DO UPDATE SET name = excluded.name, search_key = excluded.search_key, pdu_id = excluded.pdu_id
WHERE (stored.name, stored.search_key, stored.pdu_id) <> (excluded.name, excluded.search_key, excluded.pdu_id)
""",
    """
INSERT INTO organisation_team AS stored (code, name, search_key, pdu_id, ldu_id)
SELECT arriving.code, arriving.name, arriving.search_key, pdu.id, ldu.id
FROM arriving_place arriving JOIN organisation_pdu pdu ON pdu.code = arriving.parent_code
LEFT JOIN organisation_ldu ldu ON ldu.code = arriving.ldu_code
WHERE level = 'team' ORDER BY arriving.code
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, search_key = excluded.search_key, pdu_id = excluded.pdu_id, ldu_id = excluded.ldu_id
WHERE (stored.name, stored.search_key, stored.pdu_id, stored.ldu_id)
    IS DISTINCT FROM (excluded.name, excluded.search_key, excluded.pdu_id, excluded.ldu_id)
""",
    """
INSERT INTO organisation_practitioner AS stored (om_key, surname, forename, sort_key)
SELECT om_key, surname, forename, sort_key FROM arriving_practitioner ORDER BY om_key
ON CONFLICT (om_key) DO UPDATE
SET surname = excluded.surname, forename = excluded.forename, sort_key = excluded.sort_key
WHERE (stored.surname, stored.forename, stored.sort_key) <> (excluded.surname, excluded.forename, excluded.sort_key)
""",
)

# Answers (om_key, name, team code) of every place that is open.
OPEN_PLACES: Final = """
SELECT practitioner.om_key, trim(practitioner.forename || ' ' || practitioner.surname), team.code, team.name
FROM organisation_practitionerinteam place
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
WHERE place.ended_on IS NULL
"""
END_PLACES: Final = """
UPDATE organisation_practitionerinteam place SET ended_on = %(day)s
FROM organisation_practitioner practitioner, organisation_team team
WHERE place.ended_on IS NULL AND practitioner.id = place.practitioner_id AND team.id = place.team_id
    AND NOT EXISTS (
        SELECT 1 FROM arriving_in_team arriving
        WHERE arriving.om_key = practitioner.om_key AND arriving.team_code = team.code
    )
"""
OPEN_AND_KEEP_PLACES: Final = """
INSERT INTO organisation_practitionerinteam AS stored
    (practitioner_id, team_id, grade_code, grade, started_on, ended_on)
SELECT practitioner.id, team.id, arriving.grade_code, arriving.grade, %(day)s, NULL
FROM arriving_in_team arriving
JOIN organisation_practitioner practitioner USING (om_key)
JOIN organisation_team team ON team.code = arriving.team_code
ORDER BY team.code, practitioner.om_key
ON CONFLICT (practitioner_id, team_id) DO UPDATE
SET grade_code = excluded.grade_code, grade = excluded.grade, ended_on = NULL
WHERE stored.ended_on IS NOT NULL OR (stored.grade_code, stored.grade) <> (excluded.grade_code, excluded.grade)
"""
