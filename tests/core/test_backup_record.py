"""What the page «Состояние» is told about the last backup."""

import datetime as dt

from mentoring.core.backups import LastBackup, last_backup, note, records

FIRST = LastBackup(dt.datetime(2026, 11, 20, 3, 0, 0, 5, tzinfo=dt.UTC), 1_000, "/srv/a.tar")


def test_without_a_backup_there_is_no_record():
    assert last_backup() is None


def test_the_newest_backup_is_told_and_older_records_go():
    note(FIRST)
    assert last_backup() == FIRST
    second = LastBackup(FIRST.at + dt.timedelta(days=1), 2_000, "/srv/b.tar.age")
    note(second)
    assert last_backup() == second
    assert len(records()) == 1


def test_a_clock_set_back_does_not_hide_the_newer_backup():
    note(FIRST)
    earlier = LastBackup(FIRST.at - dt.timedelta(days=1), 3_000, "/srv/c.tar")
    note(earlier)
    assert last_backup() == earlier
