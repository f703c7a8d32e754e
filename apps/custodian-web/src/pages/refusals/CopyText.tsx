import { announce, Button } from '@anw/web-ui';
import { Copy } from 'lucide-react';
import { useState } from 'react';

/** A text to paste into an answer. Where the browser gives no clipboard, it can be selected. */
export function CopyText({ text }: { readonly text: string }) {
  const [state, setState] = useState<'fresh' | 'copied' | 'failed'>('fresh');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
      announce('De tekst is gekopieerd.');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <p className="nl-paragraph">Deze tekst verraadt niets over de cliënt of over uw afspraken met anderen. Gebruik hem zoals hij is.</p>
      <blockquote className="custodian-quote">{text}</blockquote>
      <div className="anw-actions">
        <Button icon={<Copy size={20} />} onClick={() => void copy()}>{state === 'copied' ? 'Gekopieerd' : 'Kopiëren'}</Button>
        {state === 'failed' && <span>Kopiëren lukt hier niet. Selecteer de tekst en kopieer hem zelf.</span>}
      </div>
    </>
  );
}
