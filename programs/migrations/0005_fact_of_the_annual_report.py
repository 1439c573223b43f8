"""Lines about the curator's report close when the report is in force."""

from django.db import migrations


def fill(apps, schema_editor):
    rows = apps.get_model("roadmap", "RoadmapActivity").objects
    rows.filter(code="curator_report", fact="later:reports").update(fact="paper:annual_report")


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_indicator_settings"), ("roadmap", "0006_own_papers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
