import type { AuthorizationView } from '@anw/api-contracts';
import { Button } from '@anw/web-ui';
import { useState } from 'react';
import { Shortcut } from '../../keys/Shortcut.js';
import { useShortcuts } from '../../keys/use-shortcuts.js';
import { ExtendPanel } from './ExtendPanel.js';
import { ReassignPanel } from './ReassignPanel.js';
import { RevokeDialog } from './RevokeDialog.js';
import { findVisitDraft, type VisitAction } from './visit-draft.js';

/** Somebody else, longer, or not at all; each says first what it will do. */
export function VisitActions({ visit }: { readonly visit: AuthorizationView }) {
  const [open, setOpen] = useState(() => findVisitDraft(visit.id));
  const isPossible = visit.state === 'valid';
  const toggle = (action: VisitAction) => setOpen((known) => (known === action ? undefined : action));
  useShortcuts(isPossible ? { 'alt+a': () => toggle('reassign'), 'alt+l': () => toggle('extend'), 'alt+i': () => toggle('revoke') } : {});
  if (!isPossible) return null;
  const close = () => setOpen(undefined);
  return (
    <>
      <div className="anw-actions visit-actions">
        <Button onClick={() => toggle('reassign')} aria-expanded={open === 'reassign'} aria-keyshortcuts="Alt+A">
          Andere zorgverlener
          <Shortcut keys="Alt A" />
        </Button>
        <Button onClick={() => toggle('extend')} aria-expanded={open === 'extend'} aria-keyshortcuts="Alt+L">
          Verlengen
          <Shortcut keys="Alt L" />
        </Button>
        <Button onClick={() => toggle('revoke')} aria-haspopup="dialog" aria-keyshortcuts="Alt+I">
          Intrekken
          <Shortcut keys="Alt I" />
        </Button>
      </div>
      {open === 'reassign' && <ReassignPanel visit={visit} onClose={close} />}
      {open === 'extend' && <ExtendPanel visit={visit} onClose={close} />}
      {open === 'revoke' && <RevokeDialog visit={visit} onClose={close} />}
    </>
  );
}
