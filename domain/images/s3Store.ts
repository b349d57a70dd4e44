import { AwsClient } from 'aws4fetch'
import { Problem } from '../errors.ts'
import type { ImageStore } from './imageStore.ts'

/** An S3-compatible storage, as its keys and addresses say. */
export type S3Settings = {
  /** The address of the bucket, `https://bucket.s3.eu-central-1.amazonaws.com` or `https://host/bucket`. */
  bucketUrl: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** Milliseconds that one call may take. */
const PATIENCE = 20_000

/** Keeps pictures in an S3-compatible storage, under `images/`. */
export function s3Store({ bucketUrl, region, accessKeyId, secretAccessKey }: S3Settings): ImageStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const call = async (hash: string, init: RequestInit): Promise<Response> => {
    try {
      const url = `${bucketUrl.replace(/\/+$/, '')}/images/${hash}`
      return await client.fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) })
    } catch (error) {
      throw unreachable(error instanceof Error ? error.message : String(error))
    }
  }
  return {
    async put(hash, bytes, type) {
      const answer = await call(hash, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
      })
      if (!answer.ok) throw unreachable(`it answered ${answer.status}`)
    },
    async get(hash) {
      const answer = await call(hash, { method: 'GET' })
      if (answer.status === 404) return null
      if (!answer.ok) throw unreachable(`it answered ${answer.status}`)
      return Buffer.from(await answer.arrayBuffer())
    },
  }
}

const unreachable = (what: string) => new Problem('unavailable', `The storage of pictures is not reachable: ${what}`)
