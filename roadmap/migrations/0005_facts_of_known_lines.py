"""Lines that came from a template get the fact that closes them."""

import json

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    path = settings.BASE_DIR / "fixtures/activity_facts.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    rows = apps.get_model("roadmap", "RoadmapActivity").objects.filter(fact="")
    for code, fact in facts.items():
        rows.filter(code=code).update(fact=fact)


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0004_facts_library_partners")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
