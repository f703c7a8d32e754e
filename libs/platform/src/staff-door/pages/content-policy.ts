const self = "'self'";
const nothing = "'none'";

/**
 * What the pages of a staff door may load and do (CSP level 3): their own files, their own service, nothing inline and
 * nothing from elsewhere, in nobody's frame (`FrameAncestors` tells the exception).
 */
export function contentPolicy(): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': [nothing],
    'script-src': [self],
    'style-src': [self],
    'connect-src': [self],
    'img-src': [self, 'data:'],
    'font-src': [self],
    'manifest-src': [self],
    'worker-src': [self],
    'base-uri': [nothing],
    'object-src': [nothing],
    'form-action': [self],
    'frame-ancestors': [nothing],
  };
  return Object.entries(directives).map(([name, values]) => `${name} ${values.join(' ')}`).join('; ');
}

/** Features of browsers that our pages do without, so that no fault in them can use one. */
export const permissionsPolicy = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi', 'payment', 'usb', 'serial', 'bluetooth', 'hid', 'browsing-topics']
  .map((feature) => `${feature}=()`)
  .join(', ');
