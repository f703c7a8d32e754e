import { Badge, type BadgeTone } from '@anw/web-ui';
import { CircleCheck, CircleHelp, CircleX, CloudOff, LoaderCircle, PenLine, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Standing, standingOf, standingWords } from './draft-standing.js';
import type { VisitDraft } from './use-visit-drafts.js';

const looks: Readonly<Record<Standing, { readonly tone: BadgeTone; readonly icon: ReactNode }>> = {
  draft: { tone: 'neutral', icon: <PenLine size={16} /> },
  'device-only': { tone: 'warning', icon: <CloudOff size={16} /> },
  waiting: { tone: 'warning', icon: <Send size={16} /> },
  sending: { tone: 'info', icon: <LoaderCircle size={16} /> },
  accepted: { tone: 'success', icon: <CircleCheck size={16} /> },
  refused: { tone: 'error', icon: <CircleX size={16} /> },
  question: { tone: 'warning', icon: <CircleHelp size={16} /> },
};

/** Where it stands, by word, icon and colour; what was received says by whom. */
export function StandingBadge({ draft }: { readonly draft: Pick<VisitDraft, 'kept' | 'server'> }) {
  const standing = standingOf(draft);
  const { tone, icon } = looks[standing];
  const by = standing === 'accepted' ? draft.server?.received?.by : undefined;
  return <Badge tone={tone} icon={icon}>{by === undefined ? standingWords[standing] : `Ontvangen door ${by}`}</Badge>;
}
