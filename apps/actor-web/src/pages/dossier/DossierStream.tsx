import { DossierEvent } from '@anw/api-contracts';
import { useEvents } from '@anw/web-ui';
import { useEffect } from 'react';

export interface DossierStreamProps {
  readonly visit: string;
  /** Only these groups. */
  readonly only?: readonly string[];
  readonly onEvent: (event: DossierEvent) => void;
  readonly onLost?: (isLost: boolean) => void;
}

/** Listens to a dossier that comes part by part, until all was told. Shows nothing itself. */
export function DossierStream({ visit, only, onEvent, onLost }: DossierStreamProps) {
  const query = only === undefined ? '' : `?only=${only.join(',')}`;
  const { state } = useEvents(`/api/visits/${visit}/dossier/events${query}`, DossierEvent, onEvent, { endsWith: (type) => type === 'finished' });
  useEffect(() => onLost?.(state === 'lost'), [state, onLost]);
  return null;
}
