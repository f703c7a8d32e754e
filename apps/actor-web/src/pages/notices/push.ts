import { PushKeyView } from '@anw/api-contracts';
import { ask, nothing } from '@anw/web-ui';

/** Whether and how this browser can tell of a visit while the page is closed. */
export type PushState = 'impossible' | 'refused' | 'off' | 'on';

/** What stands now, without asking her anything. */
export async function readPushState(): Promise<PushState> {
  const registration = await registrationOrNone();
  if (registration === undefined) return 'impossible';
  if (Notification.permission === 'denied') return 'refused';
  return (await registration.pushManager.getSubscription()) === null ? 'off' : 'on';
}

/** After her press: the browser asks for permission, then hears. @throws ApiProblem, or what the browser has against it */
export async function switchPushOn(): Promise<PushState> {
  const registration = await registrationOrNone();
  if (registration === undefined) return 'impossible';
  if ((await Notification.requestPermission()) !== 'granted') return readPushState();
  await subscribe(registration);
  return 'on';
}

export async function switchPushOff(): Promise<PushState> {
  const subscription = await (await registrationOrNone())?.pushManager.getSubscription();
  if (subscription) {
    await ask({ method: 'POST', path: '/api/push/unsubscribe', body: { endpoint: subscription.endpoint }, answer: nothing });
    await subscription.unsubscribe();
  }
  return 'off';
}

/** A browser that hears goes on hearing with the login of now; the server forgot it when she logged out. */
export async function renewPush(): Promise<void> {
  const registration = await registrationOrNone();
  if (registration !== undefined && Notification.permission === 'granted' && (await registration.pushManager.getSubscription()) !== null) await subscribe(registration);
}

/** Of who logs out or ends her shift on this device nothing is heard here any more, also when the server cannot be told. */
export async function forgetPush(): Promise<void> {
  await (await (await registrationOrNone())?.pushManager.getSubscription())?.unsubscribe();
}

async function subscribe({ pushManager }: ServiceWorkerRegistration): Promise<void> {
  const { publicKey } = await ask({ path: '/api/push', answer: PushKeyView });
  const known = await pushManager.getSubscription();
  // Made for another organisation's key: its push service would refuse ours.
  if (known !== null && keyOf(known) !== publicKey) await known.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = subscription.toJSON();
  await ask({ method: 'PUT', path: '/api/push/subscription', body: { endpoint, keys }, answer: nothing });
}

function keyOf({ options: { applicationServerKey } }: PushSubscription): string | undefined {
  if (applicationServerKey === null) return undefined;
  return btoa(String.fromCharCode(...new Uint8Array(applicationServerKey))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function registrationOrNone(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return undefined;
  // In a frame of another site some browsers refuse to tell.
  return navigator.serviceWorker.getRegistration().catch(() => undefined);
}
