"""Lines about monitoring close when their questionnaires are closed."""

from django.db import migrations

FACTS = {
    "quality_monitoring": "survey:quality",
    "satisfaction_monitoring": "survey:final",
    "influence_monitoring": "survey:influence",
}


def fill(apps, schema_editor):
    rows = apps.get_model("roadmap", "RoadmapActivity").objects.filter(fact="later:reports")
    for code, fact in FACTS.items():
        rows.filter(code=code).update(fact=fact)


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0006_own_papers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
