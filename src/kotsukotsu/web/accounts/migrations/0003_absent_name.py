from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_password_is_given"),
    ]

    operations = [
        migrations.AddField(
            model_name="logentry",
            name="absent_name",
            field=models.CharField(blank=True, default="", max_length=256),
            preserve_default=False,
        ),
    ]
