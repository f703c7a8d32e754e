import { Button } from '../parts/Button.js';
import { Dialog } from '../parts/Dialog.js';

/** A minute before the session ends by itself. */
export function IdleWarning({ secondsLeft, onStay }: { readonly secondsLeft: number; readonly onStay: () => void }) {
  return (
    <Dialog role="alertdialog" title="Bent u er nog?" onClose={onStay}>
      <p className="nl-paragraph">U deed een tijd niets. Over <strong role="timer">{secondsLeft} {secondsLeft === 1 ? 'seconde' : 'seconden'}</strong> gaat deze pagina op slot. Wat u typte, blijft bewaard.</p>
      <div className="anw-actions"><Button kind="primary" autoFocus onClick={onStay}>Ik ben er nog</Button></div>
    </Dialog>
  );
}
