"""usage: check.py PROGRAM ROOT   reads calendars that PROGRAM writes as another program would: each
property can be read, texts arrive as they were meant, and it would write the same."""

import datetime
import os
import subprocess
import sys
import tempfile

import icalendar

PROGRAM, ROOT = sys.argv[1:]
TODAY = datetime.date(2026, 11, 23)
# No run of backslashes, and none before an n: this library reads those wrongly.
TRAPS = (
    'semicolon; comma, backslash \\ and such',
    'BEGIN:VEVENT',
    'quote " colon : percent %',
    '港務局船舶交通情報中心' * 9,
    '🚢' * 40,
    'e\u0301' * 80,
    'x' * 60 + ',' * 60,
    'y' * 62 + '\\z' * 60,
)


def run(folder, *arguments):
    command = [PROGRAM, '-C', folder, 'calendar', '--today', TODAY.isoformat(), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def unfolded(data):
    return data.replace(b'\r\n ', b'')


def read(data):
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors, calendar.errors
    assert calendar['VERSION'] == '2.0' and calendar['METHOD'] == 'PUBLISH'
    events = calendar.walk('VEVENT')
    for event in events:
        assert not event.errors, (event, event.errors)
        start, end = event['DTSTART'].dt, event['DTEND'].dt
        assert type(start) is datetime.date and end - start == datetime.timedelta(1), event
        assert event['DTSTAMP'].dt == datetime.datetime(2026, 11, 23, tzinfo=datetime.timezone.utc)
        is_overdue = 'Overdue' in [str(name) for name in event['CATEGORIES'].cats]
        assert is_overdue == (start < TODAY) == event['SUMMARY'].startswith('Overdue: '), event
    assert len({event['UID'] for event in events}) == len(events)
    # Others may fold elsewhere.
    assert unfolded(calendar.to_ical(sorted=False)) == unfolded(data), data
    return events


def check_example():
    events = read(run(os.path.join(ROOT, 'plans/example')))
    kinds = {str(event['CATEGORIES'].cats[0]) for event in events}
    assert kinds == {'Review', 'Exercise', 'Restore test', 'Finding'}, kinds
    print(f'calendar: {len(events)} events of the example were read')


def quoted(text):
    return '"' + ''.join(f'\\U{ord(c):08X}' for c in text) + '"'


def check_traps():
    for trap in TRAPS:
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'a.yaml'), 'w', encoding='utf-8') as plan:
                plan.write(f'schema: contplan/v1\nid: a\nname: {quoted(trap)}\n'
                           'supporting:\n  exercises:\n    - date: 2026-05-01\n      findings:\n'
                           f'        - {{text: {quoted(trap)}, due: 2026-11-22}}\n')
            events = read(run(folder, '.'))
        assert len(events) == 2, events
        finding = [event for event in events if 'Finding' in event['SUMMARY']][0]
        assert finding['SUMMARY'] == 'Overdue: Finding of ' + trap, finding['SUMMARY']
        text = finding['DESCRIPTION'].split('\n')[0]
        assert text == trap or (text.endswith('…') and trap.startswith(text[:-1])), text
    print(f'calendar: {len(TRAPS)} texts arrived as they were meant')


def check_nothing():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'a.yaml'), 'w', encoding='utf-8') as plan:
            plan.write('schema: contplan/v1\nid: a\nname: A\n')
        assert read(run(folder, '.')) == []


check_example()
check_traps()
check_nothing()
