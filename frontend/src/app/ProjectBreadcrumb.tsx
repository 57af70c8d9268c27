import { chakra, Flex, Menu, Portal, Text } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronDown, FolderOpen } from 'lucide-react'
import { useQuery } from 'urql'

import { graphql } from '@/gql'

const SwitchableProjects = graphql(`
  query SwitchableProjects {
    projects(first: 50) {
      edges {
        node {
          id
          namespace
          name
          fullName
        }
      }
    }
  }
`)

/** `mira / MNIST ▾`, where the arrow leads to the other projects. */
export function ProjectBreadcrumb({ namespace, name }: { namespace: string; name: string }) {
  return (
    <Flex align="center" gap="6px" textStyle="body" minW={0}>
      <Text color="text2">{namespace}</Text>
      <Text color="text3">/</Text>
      <Text color="text" fontWeight={600} truncate>
        <Link to="/projects/$namespace/$project" params={{ namespace, project: name }}>
          {name}
        </Link>
      </Text>
      <ProjectSwitch />
    </Flex>
  )
}

function ProjectSwitch() {
  const [{ data }] = useQuery({ query: SwitchableProjects })
  const navigate = useNavigate()
  return (
    <Menu.Root>
      <Menu.Trigger asChild>
        <chakra.button type="button" cursor="pointer" borderRadius="chip" p="2px" aria-label="Other projects">
          <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
        </chakra.button>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content maxH="360px">
            {data?.projects.edges.map(({ node }) => (
              <Menu.Item
                key={node.id}
                value={node.id}
                onClick={() =>
                  navigate({
                    to: '/projects/$namespace/$project',
                    params: { namespace: node.namespace, project: node.name },
                  })
                }
              >
                {node.fullName}
              </Menu.Item>
            ))}
            <Menu.Separator />
            <Menu.Item value="all" onClick={() => navigate({ to: '/' })}>
              <FolderOpen />
              All projects
            </Menu.Item>
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  )
}
