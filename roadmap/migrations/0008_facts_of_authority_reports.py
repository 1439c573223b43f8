"""Lines about the report to the authority close by the paper and by its submission."""

from django.db import migrations

FACTS = {"authority_data": "paper:authority_report", "authority_report": "reports:authority"}


def fill(apps, schema_editor):
    rows = apps.get_model("roadmap", "RoadmapActivity").objects.filter(fact="later:reports")
    for code, fact in FACTS.items():
        rows.filter(code=code).update(fact=fact)


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0007_facts_of_monitoring")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
