/** What the tabs of one person tell each other. */
export type TabMessage =
  /** She did something in another tab. */
  | { readonly type: 'active'; readonly at: number }
  | { readonly type: 'logged-out' }
  | { readonly type: 'logged-in' };

const CHANNEL = 'anw-session';

/** Tells the other tabs; one that is not there yet hears nothing. */
export function tellTabs(message: TabMessage): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(message);
  channel.close();
}

/** @returns how to stop listening */
export function onTabMessage(listener: (message: TabMessage) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => listener(data);
  return () => channel.close();
}
