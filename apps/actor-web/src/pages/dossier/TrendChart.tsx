import type { DossierTrend } from '@anw/api-contracts';
import { DataTable, formatInstant, formatTime } from '@anw/web-ui';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

const HEIGHT = 140;
/** A line of its own for each series: by colour and by dashes. */
const dashes: readonly (readonly number[])[] = [[], [6, 4], [2, 3]];

/** Values over time: in words, as a small chart, and as a table for who asks or cannot see it. */
export default function TrendChart({ title, trends }: { readonly title: string; readonly trends: readonly DossierTrend[] }) {
  const moments = momentsOf(trends);
  return (
    <div className="trend">
      <ul className="trend-words">{trends.map(({ label, words }) => <li key={label}><strong>{label}:</strong> {words}</li>)}</ul>
      {moments.length > 1 && (
        <>
          <Chart trends={trends} moments={moments} />
          <details className="trend-table">
            <summary>Als tabel<span className="anw-visually-hidden">: {title}</span></summary>
            <DataTable
              caption={`${title}: alle waarden`}
              captionHidden
              rows={[...moments].reverse()}
              rowKey={(moment) => moment}
              columns={[
                { header: 'Tijdstip', isRowHeader: true, cell: (moment) => formatInstant(new Date(moment * 1000)) },
                ...trends.map(({ label, unit, points }) => ({ header: `${label} (${unit})`, numeric: true, cell: (moment: number) => print(valueAt(points, moment)) })),
              ]}
            />
          </details>
        </>
      )}
    </div>
  );
}

function Chart({ trends, moments }: { readonly trends: readonly DossierTrend[]; readonly moments: readonly number[] }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
    const ink = resolved(element, 'var(--anw-text-muted)');
    const line = resolved(element, 'var(--anw-line-colour)');
    const strokes = ['var(--anw-action)', 'var(--anw-warning)', 'var(--anw-success)'].map((value) => resolved(element, value));
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: `14px ${colour('--anw-font')}` };
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: true } },
        axes: [
          { ...axis, size: 28, space: 80, values: (_chart: UPlot, splits: number[]) => splits.map(axisLabel(moments)) },
          { ...axis, size: 48, values: (_chart: UPlot, splits: number[]) => splits.map((value) => print(value)) },
        ],
        series: [
          {},
          ...trends.map(({ label }, index) => ({ label, stroke: strokes[index % strokes.length]!, width: 2, dash: [...dashes[index % dashes.length]!], points: { show: true, size: 6 }, spanGaps: true })),
        ],
      },
      [[...moments], ...trends.map(({ points }) => moments.map((moment) => valueAt(points, moment) ?? null))] as UPlot.AlignedData,
      element,
    );
    const watcher = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.destroy();
    };
  }, [trends, moments]);
  return <div ref={frame} className="trend-chart" aria-hidden="true" />;
}

/** A canvas knows no custom properties, and no `light-dark()`. */
function resolved(element: HTMLElement, value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const DAY_SECONDS = 86_400;
const dayMonth = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', day: 'numeric', month: 'short' });

/** Within two days the hour matters, else the day. */
function axisLabel(moments: readonly number[]): (second: number) => string {
  const isShort = moments.at(-1)! - moments[0]! < 2 * DAY_SECONDS;
  return (second) => (isShort ? formatTime(new Date(second * 1000)) : dayMonth.format(new Date(second * 1000)));
}

/** Every moment at which something was measured, in seconds, oldest first. */
function momentsOf(trends: readonly DossierTrend[]): readonly number[] {
  return [...new Set(trends.flatMap(({ points }) => points.map(({ at }) => secondsOf(at))))].sort((one, other) => one - other);
}

function valueAt(points: DossierTrend['points'], moment: number): number | undefined {
  return points.find(({ at }) => secondsOf(at) === moment)?.value;
}

function secondsOf(at: string): number {
  return Date.parse(at) / 1000;
}

function print(value: number | undefined): string {
  return value === undefined ? '' : String(value).replace('.', ',');
}
