import { Alert } from '../parts/Alert.js';
import { Button } from '../parts/Button.js';
import { PageTitle } from './PageTitle.js';

/** A page that failed by a fault of ours. */
export function BrokenPage() {
  return (
    <main className="anw-login" id="inhoud">
      <h1 className="nl-heading nl-heading--level-2">Deze pagina werkt niet</h1>
      <Alert kind="error" title="Er ging bij ons iets mis">
        <p>Laad de pagina opnieuw. Gebeurt het weer, meld het dan aan de applicatiebeheerder.</p>
        <Button kind="primary" onClick={() => location.reload()}>Pagina opnieuw laden</Button>
      </Alert>
    </main>
  );
}

export function UnknownPage() {
  return (
    <>
      <PageTitle>Deze pagina bestaat niet</PageTitle>
      <p className="nl-paragraph">Het adres klopt niet, of de pagina is er niet meer. <a className="nl-link" href="/">Naar het begin</a></p>
    </>
  );
}
