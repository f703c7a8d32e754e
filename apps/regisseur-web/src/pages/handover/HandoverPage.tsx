import { HandoverList, NightView } from '@anw/api-contracts';
import { PageTitle, QueryFaces, useAsk, useMe } from '@anw/web-ui';
import { deskKeys } from '../../events/DeskEvents.js';
import { HandoverSummary } from './HandoverSummary.js';
import { ReceivedHandover } from './ReceivedHandover.js';
import { WriteHandover } from './WriteHandover.js';
import './handover.css';

/** From one triagist to the next: what is open, what she has to know of it, and who took it over when. */
export function HandoverPage() {
  const { identifier } = useMe();
  const handovers = useAsk(deskKeys.handovers, '/api/handovers', HandoverList);
  const night = useAsk([...deskKeys.night, {}], '/api/night', NightView);
  return (
    <>
      <PageTitle>Overdracht</PageTitle>
      <QueryFaces query={handovers} what="de overdrachten">
        {({ handovers: all }) => {
          const waiting = all.filter(({ acceptedAt }) => acceptedAt === undefined);
          const accepted = all.filter(({ acceptedAt }) => acceptedAt !== undefined);
          return (
            <>
              {waiting.map((handover) => (
                <ReceivedHandover key={handover.id} handover={handover} me={identifier} />
              ))}
              <QueryFaces query={night} what="wat er openstaat">
                {({ careRequests }) => <WriteHandover open={careRequests.filter(({ state }) => state !== 'closed')} />}
              </QueryFaces>
              {accepted.length > 0 && <h2 className="nl-heading nl-heading--level-3">Eerder overgedragen</h2>}
              {accepted.map((handover) => (
                <details key={handover.id} className="handover-past">
                  <summary>
                    <HandoverSummary {...handover} />
                  </summary>
                  <ReceivedHandover handover={handover} me={identifier} />
                </details>
              ))}
            </>
          );
        }}
      </QueryFaces>
    </>
  );
}
