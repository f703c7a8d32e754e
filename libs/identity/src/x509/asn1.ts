import { AsnConvert } from '@peculiar/asn1-schema';
import { AttributeValue } from '@peculiar/asn1-x509';

/** Reads DER as `type`; undefined when it is something else. */
export function tryParse<T>(der: ArrayBuffer | Uint8Array, type: new () => T): T | undefined {
  try {
    return AsnConvert.parse(der, type);
  } catch {
    return undefined;
  }
}

/** The text in a DER string of a kind that every reader decodes alike; undefined for another kind. */
export function textOf(value: AttributeValue | ArrayBuffer): string | undefined {
  const read = value instanceof AttributeValue ? value : tryParse(value, AttributeValue);
  return read?.utf8String ?? read?.printableString ?? read?.ia5String;
}
