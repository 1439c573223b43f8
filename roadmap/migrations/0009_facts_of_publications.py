"""Lines about the site close by what stands in the public section."""

from django.db import migrations

FACTS = {"site_notice": "public:news", "coverage": "public:coverage", "results_publication": "public:results"}


def fill(apps, schema_editor):
    rows = apps.get_model("roadmap", "RoadmapActivity").objects.filter(fact="later:public")
    for code, fact in FACTS.items():
        rows.filter(code=code).update(fact=fact)


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0008_facts_of_authority_reports")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
