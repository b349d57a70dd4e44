import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { Flows } from '../../api/contract/segmentHistory.ts'
import { Count } from '../shared/Count.tsx'
import { changedSearch } from '../shared/changedSearch.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Flows.module.css'
import { flowToSearch } from './flowSearch.ts'
import { BAR, type Flow, isSameFlow, layoutSankey, type SankeyNode } from './sankey.ts'

type Props = {
  flows: Flows
  nameOf: (place: Flow['start']) => string
  chosen: Pick<Flow, 'start' | 'end'> | null
}

/** Who became what, as bands between the segments at the beginning and at the end; each band leads to its customers. */
export function SankeyPicture({ flows, nameOf, chosen }: Props) {
  const text = useText()
  const { ref, width } = useElementSize()
  const { height, starts, ends, bands } = layoutSankey(flows, Math.max(60, width - BAR))
  const labels = (nodes: readonly SankeyNode[]) => (
    <div className={classes.labels} style={{ height }} aria-hidden="true">
      {nodes.map(({ place, customers, y, height: bar }) => (
        <div key={place} className={classes.label} style={{ top: y, minHeight: bar }}>
          <span className={classes.place} data-none={place === null || undefined}>
            {nameOf(place)}
          </span>
          <Count value={customers} />
        </div>
      ))}
    </div>
  )
  const bars = (nodes: readonly SankeyNode[], x: number) =>
    nodes.map(({ place, y, height: bar }) => (
      <rect key={place} x={x} y={y} width={BAR} height={bar} rx={2} className={classes.bar} />
    ))
  return (
    <div className={classes.picture}>
      {labels(starts)}
      <div ref={ref} className={classes.bands}>
        <svg width="100%" height={height} aria-label={text('flows.picture')}>
          {bands.map(({ flow, path, stays }) => {
            const words = text('flows.way', {
              customers: flow.customers,
              start: nameOf(flow.start),
              end: nameOf(flow.end),
            })
            return (
              <Link
                key={`${flow.start} ${flow.end}`}
                from="/flows"
                search={(before) => changedSearch(before, flowToSearch(flow))}
                replace
                resetScroll={false}
                aria-label={words}
              >
                <path
                  d={path}
                  className={classes.band}
                  data-chosen={(chosen !== null && isSameFlow(flow, chosen)) || undefined}
                  data-stays={stays || undefined}
                  data-away={flow.end === null || undefined}
                >
                  <title>{words}</title>
                </path>
              </Link>
            )
          })}
          {bars(starts, 0)}
          {bars(ends, Math.max(60, width - BAR))}
        </svg>
      </div>
      {labels(ends)}
    </div>
  )
}
