import type { AuthorizationView, CareRequestState, NightCareRequest, Urgency } from '@anw/api-contracts';
import { Badge, type BadgeTone, Button, DataTable, formatInstant, LinkButton } from '@anw/web-ui';
import { BellRing, Check, CircleDashed, CircleSlash, Eye, PenLine, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isRinging } from '../../alarms/AlarmBanner.js';
import { careRequestWords, kindWords, outcomeWords, standOf, urgencyWords } from '../../words/desk-words.js';

interface NightListProps {
  readonly careRequests: readonly NightCareRequest[];
  readonly isNarrowed: boolean;
  readonly onAll: () => void;
}

const urgencyTones: Readonly<Record<Urgency, BadgeTone>> = { urgent: 'error', soon: 'warning', routine: 'neutral' };

/** Everything that came in, with how it stands. */
export function NightList({ careRequests, isNarrowed, onAll }: NightListProps) {
  return (
    <DataTable
      caption="Zorgvragen van vannacht"
      captionHidden
      rows={careRequests}
      rowKey={({ careRequest }) => careRequest.id}
      empty={isNarrowed ? <Nothing onAll={onAll} /> : 'Er is vannacht nog niets gemeld.'}
      columns={[
        { header: 'Gemeld', cell: ({ careRequest }) => formatInstant(careRequest.receivedAt) },
        { header: 'Hoe snel', cell: ({ careRequest: { urgency } }) => <Badge tone={urgencyTones[urgency]}>{urgencyWords[urgency]}</Badge> },
        { header: 'Zorgvraag', isRowHeader: true, cell: (row) => <Request row={row} /> },
        { header: 'Zorgverlener', cell: ({ authorizations: [latest] }) => latest && `${latest.practitioner.name}, ${latest.actor.name}` },
        { header: 'Stand', cell: (row) => <Stand row={row} /> },
      ]}
    />
  );
}

function Nothing({ onAll }: { readonly onAll: () => void }) {
  return (
    <>
      Niets gevonden. <Button onClick={onAll}>Alles tonen</Button>
    </>
  );
}

function Request({ row: { careRequest, authorizations } }: { readonly row: NightCareRequest }) {
  const [latest] = authorizations;
  const { kind, reportedBy, description } = careRequest;
  return (
    <span className="night-request">
      {latest ? (
        <Link className="nl-link" to={`/bezoeken/${latest.id}`}>
          {latest.patient.name}
        </Link>
      ) : (
        <span>Nog geen cliënt gekozen</span>
      )}
      <span className="night-request__words">
        {kindWords[kind]}, {reportedBy}: {description}
      </span>
    </span>
  );
}

function Stand({ row: { careRequest, state, authorizations } }: { readonly row: NightCareRequest }) {
  const [latest] = authorizations;
  if (state === 'open' || state === 'to-assign') {
    return (
      <span className="night-stand">
        {latest === undefined ? <StandBadge state={state} /> : <AuthorizationBadge authorization={latest} />}
        <LinkButton to={`/melding?zorgvraag=${careRequest.id}`} kind="secondary">
          Verder
        </LinkButton>
      </span>
    );
  }
  if (latest !== undefined) return <AuthorizationBadge authorization={latest} />;
  return <Badge icon={<Check size={16} />}>{careRequest.triage ? outcomeWords[careRequest.triage.outcome] : careRequestWords[state]}</Badge>;
}

function StandBadge({ state }: { readonly state: CareRequestState }) {
  return (
    <Badge tone="warning" icon={<CircleDashed size={16} />}>
      {careRequestWords[state]}
    </Badge>
  );
}

const deliveryFaces: Readonly<Record<AuthorizationView['delivery'], { readonly tone: BadgeTone; readonly icon: ReactNode }>> = {
  pending: { tone: 'neutral', icon: <Send size={16} /> },
  received: { tone: 'info', icon: <Check size={16} /> },
  opened: { tone: 'success', icon: <Eye size={16} /> },
  reported: { tone: 'success', icon: <PenLine size={16} /> },
  refused: { tone: 'error', icon: <CircleSlash size={16} /> },
};

/** How a visit stands, in a word with its icon; an alarm goes before everything. */
export function AuthorizationBadge({ authorization }: { readonly authorization: AuthorizationView }) {
  if (isRinging(authorization)) {
    return (
      <Badge tone="error" icon={<BellRing size={16} />}>
        Alarm: {authorization.alarm?.kind === 'refused' ? 'geweigerd' : 'niet geopend'}
      </Badge>
    );
  }
  if (authorization.state !== 'valid') return <Badge icon={<CircleSlash size={16} />}>{standOf(authorization)}</Badge>;
  const { tone, icon } = deliveryFaces[authorization.delivery];
  return (
    <Badge tone={tone} icon={icon}>
      {standOf(authorization)}
    </Badge>
  );
}
