import type { ConnectionOptions } from '@temporalio/client'
import type { OidcSettings } from '../../domain/access/oidc.ts'
import type { S3Settings } from '../../domain/images/s3Store.ts'
import { type PayloadKeys, readPayloadKeys } from '../../domain/payloads/payloadCodec.ts'
import { readPoolSize } from '../../domain/poolSize.ts'
import { readTemporal } from '../../domain/temporalClient/readTemporal.ts'

export type Environment = {
  port: number
  databaseUrl: string
  /** The largest number of connections that are held at once. */
  databaseConnections: number
  temporal: { connection: ConnectionOptions; namespace: string; payloadKeys: PayloadKeys | null }
  /** Temporal’s own pages, without a trailing slash; undefined: nothing links to them. */
  temporalUiUrl: string | undefined
  publicUrl: string
  smtpUrl: string
  smsUrl: string
  pushUrl: string
  /** `address:port` of the DNS servers that are asked for the sender's records; those of the machine when empty. */
  dnsServers: string[]
  /** The S3-compatible storage of pictures; undefined: they are kept in the database. */
  images: S3Settings | undefined
  /** By whom people may sign in beside their passwords. */
  oidc: OidcSettings | undefined
  apiKey: string | undefined
  uiDir: string | undefined
  /** Addresses and networks of reverse proxies, with commas. */
  trustProxy: string | undefined
}

/**
 * What the process is told by its environment; docs/operations.md has the table.
 *
 * @throws Error with the name of the variable that is missing or wrong
 */
export function environment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const port = Number(variables.PORT ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT has to be a number from 0 to 65535')
  const databaseUrl = variables.DATABASE_URL
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is missing: mysql://user:password@host:port/database')
  const publicUrl = (variables.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, '')
  if (!/^https?:\/\//.test(publicUrl) || !URL.canParse(publicUrl)) {
    throw new Error('PUBLIC_URL has to be an address with http:// or https://')
  }
  return {
    port,
    databaseUrl,
    databaseConnections: readPoolSize(variables.DATABASE_CONNECTIONS, 20),
    temporal: temporalOf(variables),
    temporalUiUrl: pagesOf(variables),
    publicUrl,
    smtpUrl: variables.SMTP_URL ?? '',
    smsUrl: variables.SMS_URL ?? '',
    pushUrl: variables.PUSH_URL ?? '',
    dnsServers: (variables.DNS_SERVERS ?? '').split(/[\s,]+/).filter((server) => server !== ''),
    images: imagesOf(variables),
    oidc: oidcOf(variables),
    apiKey: variables.PERENNIAL_API_KEY || undefined,
    uiDir: variables.UI_DIR || undefined,
    trustProxy: variables.TRUST_PROXY || undefined,
  }
}

function temporalOf(variables: Readonly<Record<string, string | undefined>>): Environment['temporal'] {
  const { client, namespace } = readTemporal(variables)
  return { connection: client, namespace, payloadKeys: readPayloadKeys(variables.TEMPORAL_PAYLOAD_KEYS) }
}

/** All of it, or nothing. What travels to an identity provider is worth stealing: http only to one on this machine. */
function oidcOf(variables: Readonly<Record<string, string | undefined>>): OidcSettings | undefined {
  const issuer = variables.OIDC_ISSUER || undefined
  const clientId = variables.OIDC_CLIENT_ID || undefined
  const clientSecret = variables.OIDC_CLIENT_SECRET || undefined
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    throw new Error('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all or none')
  }
  const isSafe = /^https:\/\//.test(issuer) || /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$)/.test(issuer)
  if (!isSafe || !URL.canParse(issuer)) throw new Error('OIDC_ISSUER has to be an address with https://')
  return { issuer, clientId, clientSecret, name: variables.OIDC_NAME || new URL(issuer).hostname }
}

function pagesOf({ TEMPORAL_UI_URL }: Readonly<Record<string, string | undefined>>): string | undefined {
  const url = TEMPORAL_UI_URL?.trim().replace(/\/+$/, '') || undefined
  if (url !== undefined && (!/^https?:\/\//.test(url) || !URL.canParse(url))) {
    throw new Error('TEMPORAL_UI_URL has to be an address with http:// or https://')
  }
  return url
}

/** All of it, or nothing: half a storage would lose pictures. */
function imagesOf(variables: Readonly<Record<string, string | undefined>>): S3Settings | undefined {
  const bucketUrl = variables.IMAGES_S3_URL || undefined
  const accessKeyId = variables.IMAGES_S3_KEY || undefined
  const secretAccessKey = variables.IMAGES_S3_SECRET || undefined
  if (bucketUrl === undefined && accessKeyId === undefined && secretAccessKey === undefined) return undefined
  if (bucketUrl === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('IMAGES_S3_URL, IMAGES_S3_KEY and IMAGES_S3_SECRET belong together: set all or none')
  }
  if (!/^https?:\/\//.test(bucketUrl) || !URL.canParse(bucketUrl)) {
    throw new Error('IMAGES_S3_URL has to be the address of a bucket, with http:// or https://')
  }
  return { bucketUrl, region: variables.IMAGES_S3_REGION || 'us-east-1', accessKeyId, secretAccessKey }
}
