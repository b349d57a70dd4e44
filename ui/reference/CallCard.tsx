import {
  Badge,
  Button,
  Code,
  Collapse,
  CopyButton,
  Group,
  Paper,
  Stack,
  Table,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { isPermission, rolesWith } from '../../rules/access/permissions.ts'
import { useText } from '../shared/useText.tsx'
import classes from './CallCard.module.css'
import { curlOf } from './curl.ts'
import { type Call, follow, type OpenApi, type Parameter } from './document.ts'
import { RichLine } from './Rich.tsx'
import { writeSchema } from './writeSchema.ts'

const COLOURS: Readonly<Record<string, string>> = {
  get: 'blue',
  post: 'green',
  put: 'orange',
  patch: 'orange',
  delete: 'red',
}

/** One call: a line that opens into everything that is known about it. */
export function CallCard({ document, call }: { document: OpenApi; call: Call }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <Paper>
      <h3 className={classes.heading}>
        <UnstyledButton
          className={classes.line}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen((before) => !before)}
        >
          <Badge color={COLOURS[call.method] ?? 'gray'} radius="sm" miw={64}>
            {call.method.toUpperCase()}
          </Badge>
          <span className={classes.path}>{call.path}</span>
          <span className={classes.summary}>
            <RichLine>{call.summary}</RichLine>
          </span>
          <IconChevronDown size={17} className={classes.chevron} data-open={open || undefined} aria-hidden="true" />
        </UnstyledButton>
      </h3>
      <Collapse expanded={open} id={id}>
        {open && <Details document={document} call={call} />}
      </Collapse>
    </Paper>
  )
}

function Details({ document, call }: { document: OpenApi; call: Call }) {
  const text = useText()
  const parameters = call.parameters.map((parameter) => follow(document, parameter))
  const body = call.requestBody?.content['application/json']
  return (
    <Stack p="md" pt={0} gap="md">
      <Text fz="sm" c="dimmed">
        <Needs call={call} />
      </Text>
      {parameters.length > 0 && (
        <Part title={text('reference.parameters')}>
          <Parameters document={document} parameters={parameters} />
        </Part>
      )}
      {body !== undefined && (
        <Part title={text('reference.body')}>
          <Block label={text('reference.body')}>{writeSchema(document, body.schema)}</Block>
        </Part>
      )}
      <Part title={text('reference.answers')}>
        <Answers document={document} call={call} />
      </Part>
      <Curl command={curlOf(document, call, window.location.origin)} />
    </Stack>
  )
}

function Needs({ call }: { call: Call }) {
  const text = useText()
  const permission = call['x-permission']
  if (call.security !== undefined && call.security.length === 0) return text('reference.open')
  if (permission === undefined || !isPermission(permission)) return text('reference.signedIn')
  const roles = rolesWith(permission).map((role) => text(`role.${role}`))
  return text('reference.needs', { permission, roles: roles.join(', ') })
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Text component="h4" m={0} mb={6} fz="sm" fw={600}>
        {title}
      </Text>
      {children}
    </section>
  )
}

/** Code that may be wider than the page: scrolled by keyboard, too. */
function Block({ label, children }: { label: string; children: string }) {
  return (
    <Code block tabIndex={0} role="region" aria-label={label} className={classes.block}>
      {children}
    </Code>
  )
}

function Parameters({ document, parameters }: { document: OpenApi; parameters: readonly Parameter[] }) {
  const text = useText()
  const where = { path: 'reference.inPath', query: 'reference.inQuery', header: 'reference.inHeader' } as const
  return (
    <Table>
      <Table.Tbody>
        {parameters.map((parameter) => (
          <Table.Tr key={`${parameter.in} ${parameter.name}`}>
            <Table.Td valign="top">
              <Code>{parameter.name}</Code>
              <Text fz="xs" c="dimmed">
                {text(where[parameter.in])}
                {parameter.required === true && parameter.in !== 'path' && `, ${text('reference.required')}`}
              </Text>
            </Table.Td>
            <Table.Td valign="top">
              <Text fz="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                {writeSchema(document, parameter.schema)}
              </Text>
              {parameter.description !== undefined && (
                <Text fz="sm">
                  <RichLine>{parameter.description}</RichLine>
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Answers({ document, call }: { document: OpenApi; call: Call }) {
  const text = useText()
  return (
    <Stack gap={6}>
      {Object.entries(call.responses).map(([status, named]) => {
        const response = follow(document, named)
        const [type, content] = Object.entries(response.content ?? {})[0] ?? []
        const isProblem = type === 'application/problem+json'
        return (
          <div key={status}>
            <Group gap="xs" wrap="nowrap" align="baseline">
              <Badge color={status.startsWith('2') ? 'green' : 'gray'} radius="sm">
                {status}
              </Badge>
              <Text fz="sm">
                {isProblem ? <RichLine>{response.description ?? ''}</RichLine> : (type ?? text('reference.noBody'))}
              </Text>
            </Group>
            {content !== undefined && !isProblem && (
              <Block label={`${text('reference.answers')} ${status}`}>{writeSchema(document, content.schema)}</Block>
            )}
          </div>
        )
      })}
    </Stack>
  )
}

function Curl({ command }: { command: string }) {
  const text = useText()
  return (
    <section>
      <Group justify="space-between" mb={6}>
        <Text component="h4" m={0} fz="sm" fw={600}>
          {text('reference.curl')}
        </Text>
        <CopyButton value={command}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" onClick={copy}>
              {text(copied ? 'reference.copied' : 'reference.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Block label={text('reference.curl')}>{command}</Block>
    </section>
  )
}
