import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_letters_and_year'),
        ('roadmap', '0003_induction_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('photo', 'фотография'), ('scenario', 'сценарий, презентация'), ('other', 'другой файл')], default='other', max_length=8, verbose_name='что это')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='подпись')),
                ('people_marked', models.BooleanField(default=False, verbose_name='люди отмечены')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='roadmap.event')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
                ('people', models.ManyToManyField(blank=True, related_name='event_photos', to='people.person')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile')),
            ],
            options={
                'verbose_name': 'файл события',
                'verbose_name_plural': 'файлы событий',
                'ordering': ['kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Norm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, max_length=60)),
                ('level', models.CharField(choices=[('federal', 'федеральный'), ('regional', 'региональный'), ('municipal', 'муниципальный'), ('local', 'локальный')], default='federal', max_length=9, verbose_name='уровень')),
                ('kind', models.CharField(help_text='Например: приказ, письмо, закон.', max_length=80, verbose_name='вид акта')),
                ('issuer', models.CharField(blank=True, max_length=300, verbose_name='кем принят')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='номер')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='дата')),
                ('title', models.CharField(max_length=600, verbose_name='название')),
                ('note', models.TextField(blank=True, verbose_name='о чём и что важно')),
                ('link', models.URLField(blank=True, max_length=400, verbose_name='ссылка')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='утратил силу')),
                ('for_mentees', models.BooleanField(default=False, verbose_name='обязателен для наставляемых')),
                ('for_mentors', models.BooleanField(default=False, verbose_name='обязателен для наставников')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaces', to='roadmap.norm', verbose_name='заменён актом')),
            ],
            options={
                'verbose_name': 'нормативный акт',
                'verbose_name_plural': 'нормативные акты',
                'ordering': ['-dated_on', 'title', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('organization', 'code'), name='norm_code_once')],
            },
        ),
        migrations.CreateModel(
            name='OrderTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='что сделать')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='срок')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='сделано')),
                ('done_note', models.CharField(blank=True, max_length=300, verbose_name='чем подтверждено')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='roadmap.document')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order_tasks', to='people.person')),
            ],
            options={
                'verbose_name': 'поручение приказа',
                'verbose_name_plural': 'поручения приказов',
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['organization', 'done_on', 'due_on'], name='roadmap_ord_organiz_fa176a_idx')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='наименование')),
                ('kind', models.CharField(choices=[('regional_centre', 'региональный наставнический центр'), ('authority', 'орган управления образованием'), ('education', 'образовательная организация'), ('university', 'вуз, колледж'), ('employer', 'работодатель, предприятие'), ('network', 'сетевое или профессиональное сообщество'), ('media', 'средство массовой информации'), ('other', 'другой партнёр')], default='other', max_length=16, verbose_name='кто это')),
                ('head_name', models.CharField(blank=True, help_text='Для договора и благодарственного письма.', max_length=200, verbose_name='руководитель: фамилия, имя, отчество')),
                ('head_post', models.CharField(blank=True, max_length=200, verbose_name='должность руководителя')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='с кем связываться')),
                ('phone', models.CharField(blank=True, max_length=80, verbose_name='телефон')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='электронная почта')),
                ('site', models.URLField(blank=True, max_length=300, verbose_name='сайт')),
                ('note', models.TextField(blank=True, verbose_name='чем помогает')),
                ('archived', models.BooleanField(default=False, verbose_name='больше не работаем вместе')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
            ],
            options={
                'verbose_name': 'партнёр',
                'verbose_name_plural': 'партнёры',
                'ordering': ['title', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organization', 'title'), name='partner_once', violation_error_message='Такой партнёр уже записан.')],
            },
        ),
        migrations.CreateModel(
            name='WorkingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='название')),
                ('starts_on', models.DateField(verbose_name='с')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='по')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='working_group', to='roadmap.document', verbose_name='приказ')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
            ],
            options={
                'verbose_name': 'рабочая группа',
                'verbose_name_plural': 'рабочие группы',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NormStudy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('studied_on', models.DateField(verbose_name='изучен')),
                ('norm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='studies', to='roadmap.norm')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='norm_studies', to='people.person')),
            ],
            options={
                'verbose_name': 'изучение акта',
                'verbose_name_plural': 'изучение актов',
                'constraints': [models.UniqueConstraint(fields=('norm', 'person'), name='norm_study_once')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='когда')),
                ('way', models.CharField(choices=[('letter', 'письмо'), ('call', 'звонок'), ('meeting', 'встреча'), ('webinar', 'вебинар, совещание'), ('visit', 'стажировка, визит')], default='letter', max_length=8, verbose_name='как')),
                ('subject', models.CharField(max_length=300, verbose_name='о чём')),
                ('outcome', models.TextField(blank=True, verbose_name='чем закончилось')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='что дальше')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='вернуться к этому')),
                ('done', models.BooleanField(default=False, verbose_name='сделано')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='roadmap.partner')),
            ],
            options={
                'verbose_name': 'запись о контакте',
                'verbose_name_plural': 'журнал контактов',
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='о чём')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='ссылка')),
                ('posted_on', models.DateField(verbose_name='когда вышло')),
                ('level', models.CharField(choices=[('school', 'организация'), ('municipal', 'муниципальный'), ('regional', 'региональный'), ('federal', 'федеральный')], default='school', max_length=9, verbose_name='уровень')),
                ('outlet', models.CharField(choices=[('site', 'сайт'), ('social', 'социальная сеть'), ('media', 'средство массовой информации'), ('partner', 'сайт партнёра'), ('collection', 'сборник, журнал')], default='social', max_length=10, verbose_name='где')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='название площадки')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='postings', to='roadmap.event')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='postings', to='roadmap.partner')),
                ('stage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='postings', to='roadmap.roadmapstage', verbose_name='этап дорожной карты')),
            ],
            options={
                'verbose_name': 'публикация вовне',
                'verbose_name_plural': 'публикации вовне',
                'ordering': ['-posted_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('link', ''), _negated=True), models.Q(('place', ''), _negated=True), _connector='OR'), name='posting_somewhere', violation_error_message='Укажите ссылку или название площадки.')],
            },
        ),
        migrations.CreateModel(
            name='WorkingGroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False, verbose_name='руководитель')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='roadmap.workinggroup')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='организация')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='working_groups', to='people.person')),
            ],
            options={
                'verbose_name': 'член рабочей группы',
                'verbose_name_plural': 'члены рабочих групп',
                'ordering': ['-leads', 'person__last_name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('group', 'person'), name='working_group_member_once'), models.UniqueConstraint(condition=models.Q(('leads', True)), fields=('group',), name='working_group_one_leader')],
            },
        ),
        migrations.AddField(
            model_name='document',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='papers', to='roadmap.event', verbose_name='событие'),
        ),
        migrations.AddField(
            model_name='document',
            name='from_paper',
            field=models.BooleanField(default=False, verbose_name='подписан до портала'),
        ),
        migrations.AddField(
            model_name='event',
            name='agenda',
            field=models.TextField(blank=True, verbose_name='повестка'),
        ),
        migrations.AddField(
            model_name='event',
            name='decision',
            field=models.TextField(blank=True, verbose_name='решение'),
        ),
        migrations.AddField(
            model_name='event',
            name='level',
            field=models.CharField(choices=[('school', 'организация'), ('municipal', 'муниципальный'), ('regional', 'региональный'), ('federal', 'федеральный')], default='school', max_length=9, verbose_name='уровень'),
        ),
        migrations.AddField(
            model_name='event',
            name='organiser',
            field=models.CharField(blank=True, max_length=300, verbose_name='кто проводит'),
        ),
        migrations.AddField(
            model_name='event',
            name='scenario',
            field=models.TextField(blank=True, verbose_name='сценарий'),
        ),
        migrations.AddField(
            model_name='event',
            name='survey',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.survey', verbose_name='на каком анкетировании основано решение'),
        ),
        migrations.AddField(
            model_name='historicaldocument',
            name='event',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roadmap.event', verbose_name='событие'),
        ),
        migrations.AddField(
            model_name='historicaldocument',
            name='from_paper',
            field=models.BooleanField(default=False, verbose_name='подписан до портала'),
        ),
        migrations.AddField(
            model_name='roadmap',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='год закрыт'),
        ),
        migrations.AddField(
            model_name='roadmapactivity',
            name='by_fact',
            field=models.BooleanField(default=False, verbose_name='состояние поставил факт'),
        ),
        migrations.AddField(
            model_name='roadmapactivity',
            name='fact',
            field=models.CharField(blank=True, max_length=60, verbose_name='каким фактом закрывается'),
        ),
        migrations.AddField(
            model_name='roadmapactivity',
            name='progress_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile', verbose_name='подтверждающий файл'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('mentee_call', 'встреча для желающих стать наставляемыми'), ('round_table', 'круглый стол для потенциальных наставников'), ('group_session', 'групповая встреча наставников и наставляемых'), ('meeting', 'административное совещание'), ('staff_council', 'педагогический совет'), ('parents', 'родительское собрание'), ('class_hour', 'классный час'), ('seminar', 'семинар'), ('induction', 'установочная сессия, обмен опытом'), ('closing', 'итоговое мероприятие'), ('external', 'внешняя конференция, форум, вебинар'), ('other', 'другое')], max_length=16, verbose_name='вид'),
        ),
        migrations.AddField(
            model_name='basis',
            name='norm',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bases', to='roadmap.norm', verbose_name='акт библиотеки'),
        ),
    ]
