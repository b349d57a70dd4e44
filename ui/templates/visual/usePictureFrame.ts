import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { MARK } from '../mjml/mark.ts'
import type { Path } from '../mjml/walk.ts'
import { sealMail } from '../preview/sealMail.ts'

/** A rectangle of the picture, in its own pixels. */
export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** What is known of a picture: how high it is, and where its blocks are. */
export type Measured = { readonly height: number; readonly boxes: ReadonlyMap<Path, Box> }

const NOTHING: Measured = { height: 0, boxes: new Map() }

/**
 * Shows the HTML of a mail in a frame in which nothing can run, and measures it from outside. The frame shares our origin
 * for this; without `allow-scripts` its content can do nothing with that.
 *
 * @param paths the blocks by the number of their mark
 * @param width how wide the mail is shown
 */
export function usePictureFrame(html: string, paths: readonly Path[], width: number) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [measured, setMeasured] = useState<Measured>(NOTHING)
  const [loads, setLoads] = useState(0)

  const measure = useCallback(() => {
    const document = frame.current?.contentDocument
    if (document?.body) setMeasured(measureBlocks(document, paths))
  }, [paths])

  // The first picture comes with the frame, the next ones take its place within it: nothing flickers, nothing scrolls.
  const [first] = useState(() => sealMail(html, LOOK, window.location.origin))
  const shown = useRef(first)
  useEffect(() => {
    if (loads === 0) return
    const document = frame.current?.contentDocument
    const next = sealMail(html, LOOK, window.location.origin)
    if (document && shown.current !== next) {
      shown.current = next
      document.documentElement.innerHTML = next
    }
    measure()
    const images = [...(document?.images ?? [])].filter((image) => !image.complete)
    for (const image of images) image.addEventListener('load', measure, { once: true })
    return () => {
      for (const image of images) image.removeEventListener('load', measure)
    }
  }, [html, loads, measure])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width moves everything in the frame
  useEffect(() => {
    const handle = requestAnimationFrame(measure)
    return () => cancelAnimationFrame(handle)
  }, [width, measure])

  const pathAtPoint = useCallback((x: number, y: number): Path | undefined => pathOf(frame, x, y, paths), [paths])
  return { frame, srcDoc: first, onLoad: () => setLoads((before) => before + 1), measured, pathAtPoint }
}

const LOOK = { dark: false, images: true }

function pathOf(
  frame: RefObject<HTMLIFrameElement | null>,
  x: number,
  y: number,
  paths: readonly Path[],
): Path | undefined {
  const element = frame.current?.contentDocument?.elementFromPoint(x, y)
  const marked = element?.closest(`[class*="${MARK}"]`)
  const number = marked && numberOf(marked.getAttribute('class') ?? '')
  return number === undefined || number === null ? undefined : paths[number]
}

function numberOf(classes: string): number | undefined {
  const found = new RegExp(`${MARK}(\\d+)(?!\\d|-)`).exec(classes)?.[1]
  return found === undefined ? undefined : Number(found)
}

function measureBlocks(document: Document, paths: readonly Path[]): Measured {
  const boxes = new Map<Path, Box>()
  for (const element of document.querySelectorAll(`[class*="${MARK}"]`)) {
    const number = numberOf(element.getAttribute('class') ?? '')
    const path = number === undefined ? undefined : paths[number]
    if (path === undefined || boxes.has(path)) continue
    const { left, top, width, height } = element.getBoundingClientRect()
    boxes.set(path, { left, top: top + (document.defaultView?.scrollY ?? 0), width, height })
  }
  // The frame must not grow with the height that it is given.
  const height = Math.max(document.body.scrollHeight, Math.ceil(document.body.getBoundingClientRect().bottom))
  return { height, boxes }
}
