import { PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { fromOutOfHours } from '../enriched/enrichment.js';
import type { IdentifiedResource } from '../fhir-resource.js';
import { resourceOf } from '../write-back/write-kinds.js';
import { narrativeOf } from './narrative.js';
import { toOutgoingResource } from './search-bundle.js';

const subject = { id: randomUUID(), patient: PatientId.parse('p1') };
const writtenAt = '2026-06-13T21:05:00Z';
const tagged = (resource: object) => ({ ...resource, id: 'o1', meta: { tag: [fromOutOfHours] } }) as unknown as IdentifiedResource;
const report = (text: string) => tagged(resourceOf({ kind: 'nursing-report', input: { text, writtenAt } }, subject));

describe('narrative of what was written back (G17)', () => {
  it('says what was written, line by line', () => {
    expect(narrativeOf(report('Gevallen.\r\nGeen letsel.'))).toEqual({ status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Gevallen.<br/>Geen letsel.</p></div>' });
    const pressure = tagged(resourceOf({ kind: 'blood-pressure', input: { systolic: 131, diastolic: 78, measuredAt: writtenAt } }, subject));
    expect(narrativeOf(pressure)?.div).toContain('131 mmHg / 78 mmHg');
  });

  it('holds nothing active, whatever the nurse typed', () => {
    const { div } = narrativeOf(report(`<script>alert("x")</script> & 'y' <img src=x onerror=z>`))!;
    expect(div).toBe('<div xmlns="http://www.w3.org/1999/xhtml"><p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39; &lt;img src=x onerror=z&gt;</p></div>');
  });

  it('goes out with the resource, whose own text stays as it was typed', () => {
    const typed = '<b>rustig</b>';
    const outgoing = toOutgoingResource({ resource: report(typed), version: 1, lastUpdated: new Date(writtenAt) });
    expect(outgoing).toMatchObject({ valueString: typed, text: { status: 'generated' } });
  });

  it('is left to the organisation for what it keeps itself', () => {
    const { meta: _meta, ...own } = report('Eigen rapportage.') as IdentifiedResource & { meta: unknown };
    expect(narrativeOf(own)).toBeUndefined();
    expect(toOutgoingResource({ resource: { ...own, text: { status: 'additional', div: '<div/>' } }, version: 1, lastUpdated: new Date(writtenAt) })).toMatchObject({ text: { status: 'additional' } });
  });
});
