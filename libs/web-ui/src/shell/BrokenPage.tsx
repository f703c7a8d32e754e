import { Alert } from '../parts/Alert.js';
import { Button } from '../parts/Button.js';

/** A page that failed by a fault of ours. */
export function BrokenPage() {
  return (
    <main className="anw-login" id="inhoud">
      <Alert kind="error" title="Deze pagina werkt niet">
        <p>Er ging bij ons iets mis. Laad de pagina opnieuw. Gebeurt het weer, meld het dan aan de applicatiebeheerder.</p>
        <Button kind="primary" onClick={() => location.reload()}>Pagina opnieuw laden</Button>
      </Alert>
    </main>
  );
}

export function UnknownPage() {
  return (
    <Alert kind="warning" title="Deze pagina bestaat niet">
      <p>Het adres klopt niet, of de pagina is er niet meer. <a className="nl-link" href="/">Naar het begin</a></p>
    </Alert>
  );
}
