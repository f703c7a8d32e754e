import type { NightLane, NightView } from '@anw/api-contracts';
import { Button, DataTable, formatInstant, formatTime } from '@anw/web-ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { kindWords, standOf, urgencyWords } from '../../words/desk-words.js';
import { plain } from './filter-care-requests.js';
import { aroundNow, hourMarks, placeOf, stack } from './timeline.js';

interface NightTimelineProps {
  readonly view: NightView;
  readonly text: string;
}

/** Each nurse's night along the hours; the same as a table for who would rather read it. */
export function NightTimeline({ view, text }: NightTimelineProps) {
  const [asTable, setAsTable] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const lanes = view.lanes.filter(({ practitioner, actor, blocks }) => plain([practitioner.name, actor.name, ...blocks.map(({ patientName }) => patientName)].join(' ')).includes(plain(text.trim())));
  return (
    <>
      <div className="anw-actions">
        <Button kind="subtle" disabled={asTable} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Rond nu tonen' : 'Alle uren tonen'}
        </Button>
        <Button kind="subtle" onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Als tijdlijn tonen' : 'Als tabel tonen'}
        </Button>
      </div>
      {lanes.length === 0 && <p>Niemand heeft dienst of is onderweg.</p>}
      {lanes.length > 0 && (asTable ? <LaneTable lanes={lanes} /> : <Lanes lanes={lanes} now={view.now} period={isWhole ? view.period : aroundNow(view.period, view.now)} />)}
    </>
  );
}

function Lanes({ lanes, now, period }: Pick<NightView, 'lanes' | 'now' | 'period'>) {
  const marks = hourMarks(period, Date.parse(period.until) - Date.parse(period.from) > 13 * 3_600_000 ? 3 : 1);
  const present = placeOf({ from: now, until: period.until }, period)?.start;
  return (
    <div className="timeline" tabIndex={0} role="group" aria-label="Tijdlijn van de nacht">
      <div className="timeline__hours" aria-hidden="true">
        {marks.map(({ at, hour, start }) => (
          <span key={at} className="timeline__hour" style={{ insetInlineStart: `${start}%` }}>
            {hour}
          </span>
        ))}
      </div>
      <ul className="timeline__lanes">
        {lanes.map((lane) => (
          <Lane key={`${lane.actor.did} ${lane.practitioner.identifier}`} lane={lane} period={period} present={present} />
        ))}
      </ul>
    </div>
  );
}

const ROW_REM = 2.75;

function Lane({ lane: { practitioner, actor, shifts, blocks }, period, present }: { readonly lane: NightLane; readonly period: NightView['period']; readonly present: number | undefined }) {
  const rows = stack(blocks.map(({ window }) => window));
  const height = (Math.max(0, ...rows) + 1) * ROW_REM + 0.5;
  return (
    <li className="lane">
      <div className="lane__who">
        <strong>{practitioner.name}</strong>
        <span>{actor.name}</span>
      </div>
      <div className="lane__hours" style={{ blockSize: `${height}rem` }}>
        {shifts.map((shift) => {
          const place = placeOf(shift.endedAt === undefined ? shift.period : { from: shift.period.from, until: shift.endedAt }, period);
          return place && <span key={shift.id} className="lane__shift" style={{ insetInlineStart: `${place.start}%`, inlineSize: `${place.length}%` }} aria-hidden="true" />;
        })}
        {present !== undefined && <span className="lane__now" style={{ insetInlineStart: `${present}%` }} aria-hidden="true" />}
        {blocks.map((block, index) => {
          const place = placeOf(block.window, period);
          if (place === undefined) return null;
          return (
            <Link key={block.authorization} to={`/bezoeken/${block.authorization}`} className={`lane__block lane__block--${block.alarm ? 'alarm' : block.state === 'valid' ? block.kind : 'over'}`} style={{ insetInlineStart: `${place.start}%`, inlineSize: `${place.length}%`, insetBlockStart: `${(rows[index] ?? 0) * ROW_REM + 0.25}rem` }} title={wordsOf(block)}>
              <span className="lane__name" aria-hidden="true">
                {block.alarm && '! '}
                {block.patientName}
              </span>
              <span className="anw-visually-hidden">{wordsOf(block)}</span>
            </Link>
          );
        })}
      </div>
    </li>
  );
}

type Block = NightLane['blocks'][number];

function wordsOf({ patientName, window, kind, urgency, alarm, ...stand }: Block): string {
  return `${patientName}, ${formatTime(window.from)} tot ${formatTime(window.until)}, ${kindWords[kind].toLowerCase()}, ${urgencyWords[urgency].toLowerCase()}, ${standOf(stand).toLowerCase()}${alarm ? ', alarm' : ''}`;
}

function LaneTable({ lanes }: { readonly lanes: readonly NightLane[] }) {
  const rows = lanes.flatMap((lane): readonly { readonly lane: NightLane; readonly block?: Block }[] => (lane.blocks.length === 0 ? [{ lane }] : lane.blocks.map((block) => ({ lane, block }))));
  return (
    <DataTable
      caption="Bezoeken per zorgverlener"
      captionHidden
      rows={rows}
      rowKey={({ lane, block }) => block?.authorization ?? `${lane.actor.did} ${lane.practitioner.identifier}`}
      columns={[
        { header: 'Zorgverlener', isRowHeader: true, cell: ({ lane }) => `${lane.practitioner.name}, ${lane.actor.name}` },
        { header: 'Dienst', cell: ({ lane }) => lane.shifts.map(({ period, endedAt }) => `${formatTime(period.from)} tot ${formatTime(endedAt ?? period.until)}`).join(', ') },
        { header: 'Bezoek', cell: ({ block }) => (block ? <Link className="nl-link" to={`/bezoeken/${block.authorization}`}>{block.patientName}</Link> : 'Geen bezoeken') },
        { header: 'Tijd', cell: ({ block }) => block && `${formatInstant(block.window.from)} tot ${formatTime(block.window.until)}` },
        { header: 'Stand', cell: ({ block }) => block && `${block.alarm ? 'Alarm: ' : ''}${standOf(block)}` },
      ]}
    />
  );
}
