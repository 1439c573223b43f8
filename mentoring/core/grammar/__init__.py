"""Russian grammar of the papers: people, posts, organisations, dates and counts in any case.

Cases are nomn, gent, datv, accs, ablt, loct. No Django here: plain text in, plain text out.
Where the form is not certain the functions raise Unsure with a Russian sentence.
"""

from mentoring.core.grammar.agreement import (
    acquainted,
    agree_by_sex,
    noun_gender,
    participle,
    preposition_o,
    term_in_case,
    title_o,
)
from mentoring.core.grammar.cases import CASES, NBSP, Unsure
from mentoring.core.grammar.counts import count, plural
from mentoring.core.grammar.dates import (
    incomplete_date,
    long_date,
    month_name,
    month_range,
    school_year,
    school_year_short,
    short_date,
)
from mentoring.core.grammar.names import (
    FullName,
    inflect_person,
    initials,
    person_from_text,
    person_in_case,
)
from mentoring.core.grammar.organizations import organization_in_case
from mentoring.core.grammar.posts import post_in_case
from mentoring.core.grammar.sex import guess_sex

__all__ = [
    "CASES",
    "NBSP",
    "FullName",
    "Unsure",
    "acquainted",
    "agree_by_sex",
    "count",
    "guess_sex",
    "incomplete_date",
    "inflect_person",
    "initials",
    "long_date",
    "month_name",
    "month_range",
    "noun_gender",
    "organization_in_case",
    "participle",
    "person_from_text",
    "person_in_case",
    "plural",
    "post_in_case",
    "preposition_o",
    "school_year",
    "school_year_short",
    "short_date",
    "term_in_case",
    "title_o",
]
