import { NeighbourNights } from '@anw/api-contracts';
import { Badge, Card, DataTable, formatTime, QueryFaces, useAsk } from '@anw/web-ui';
import { careRequestWords, deliveryWords, urgencyWords } from '../../words/desk-words.js';

/** Regisseurs that let this one look over their shoulder, side by side: how busy it is, without who it is about. */
export function Neighbours() {
  // Each look stands in the log of the other: no events, no focus makes it look again, only time does.
  const query = useAsk(['neighbours'], '/api/night/neighbours', NeighbourNights, { staleTime: 60_000, refetchInterval: 120_000, refetchOnWindowFocus: false });
  return (
    <QueryFaces query={query} what="de andere regisseurs" isEmpty={({ regisseurs }) => regisseurs.length === 0} empty="Er is geen andere regisseur die u laat meekijken.">
      {({ regisseurs }) => (
        <div className="neighbours">
          {regisseurs.map(({ regisseur, counts, visits, onDuty }) => (
            <Card key={regisseur.did} title={regisseur.name} level={2}>
              <p>
                {onDuty === 1 ? '1 zorgverlener' : `${onDuty} zorgverleners`} in dienst. {careRequestWords.open}: {counts.open}. {careRequestWords['to-assign']}: {counts.toAssign}. {careRequestWords.assigned}: {counts.assigned}.
              </p>
              {counts.alarms > 0 && <Badge tone="error">{counts.alarms === 1 ? '1 alarm' : `${counts.alarms} alarmen`}</Badge>}
              <DataTable
                caption={`Bezoeken van ${regisseur.name}`}
                captionHidden
                rows={visits}
                rowKey={({ id }) => id}
                empty="Geen bezoeken."
                columns={[
                  { header: 'Zorgverlener', isRowHeader: true, cell: ({ practitioner, actor }) => `${practitioner}, ${actor.name}` },
                  { header: 'Tijd', cell: ({ window }) => `${formatTime(window.from)} tot ${formatTime(window.until)}` },
                  { header: 'Hoe snel', cell: ({ urgency }) => urgencyWords[urgency] },
                  { header: 'Stand', cell: ({ delivery, alarm }) => (alarm && alarm.acknowledgedAt === undefined ? 'Alarm' : deliveryWords[delivery]) },
                ]}
              />
            </Card>
          ))}
        </div>
      )}
    </QueryFaces>
  );
}
