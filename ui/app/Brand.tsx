import { Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Leaf } from '../shared/Leaf.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Brand.module.css'

export function Brand() {
  const text = useText()
  return (
    <Link to="/" className={classes.brand}>
      <Group gap={8} wrap="nowrap">
        <Leaf size={22} />
        <Text component="span" fw={700} fz={17}>
          {text('app.name')}
        </Text>
      </Group>
    </Link>
  )
}
