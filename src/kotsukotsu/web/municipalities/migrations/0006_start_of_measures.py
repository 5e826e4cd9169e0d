from django.db import migrations

import kotsukotsu.web.municipalities.fields


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0005_own_factors_file"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="start_fy",
            field=kotsukotsu.web.municipalities.fields.IntegerColumn(blank=True, null=True),
        ),
    ]
