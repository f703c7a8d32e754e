import { HandoverView } from '@anw/api-contracts';
import { Badge, Button, Card, ProblemAlert, useSend } from '@anw/web-ui';
import { Link } from 'react-router';
import { deskKeys } from '../../events/DeskEvents.js';
import { standOf, urgencyWords } from '../../words/desk-words.js';
import { AuthorizationBadge } from '../night/NightList.js';
import { HandoverSummary } from './HandoverSummary.js';

interface ReceivedHandoverProps {
  readonly handover: HandoverView;
  /** Employee identifier of who looks: nobody takes over from herself. */
  readonly me: string;
}

/** A handover as it was written, with how each visit stands now. */
export function ReceivedHandover({ handover, me }: ReceivedHandoverProps) {
  const accepting = useSend({ path: `/api/handovers/${handover.id}/accept`, answer: HandoverView, refreshes: [deskKeys.handovers] });
  const { from, remark, items, acceptedAt } = handover;
  const isMine = from.identifier === me;
  return (
    <Card title={<HandoverSummary {...handover} />} aside={acceptedAt === undefined && <Badge tone="warning">Wacht op overname</Badge>}>
      {remark !== undefined && remark !== '' && <p className="handover-remark">{remark}</p>}
      {items.length === 0 ? (
        <p>Er stond niets open.</p>
      ) : (
        <ul className="handover-items">
          {items.map(({ careRequest, authorization, note }) => (
            <li key={careRequest.id}>
              <div className="handover-item__head">
                {authorization ? (
                  <Link className="nl-link" to={`/bezoeken/${authorization.id}`} aria-label={`${authorization.patient.name}, ${standOf(authorization)}`}>
                    {authorization.patient.name}
                  </Link>
                ) : (
                  <Link className="nl-link" to={`/melding?zorgvraag=${careRequest.id}`}>
                    {careRequest.reportedBy}
                  </Link>
                )}
                <Badge>{urgencyWords[careRequest.urgency]}</Badge>
                {authorization && <AuthorizationBadge authorization={authorization} />}
              </div>
              <p className="handover-item__words">{careRequest.description}</p>
              {authorization && (
                <p className="handover-item__words">
                  {authorization.practitioner.name}, {authorization.actor.name}
                </p>
              )}
              {note !== undefined && <p className="handover-remark">{note}</p>}
            </li>
          ))}
        </ul>
      )}
      {acceptedAt === undefined && !isMine && (
        <>
          {accepting.problem && <ProblemAlert problem={accepting.problem} />}
          <Button kind="primary" busy={accepting.isSending} onClick={() => void accepting.send({}).catch(() => undefined)}>
            Ik neem het over
          </Button>
        </>
      )}
      {acceptedAt === undefined && isMine && <p className="handover-item__words">De volgende triagist neemt het over met een eigen login.</p>}
    </Card>
  );
}
