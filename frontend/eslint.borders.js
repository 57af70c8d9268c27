import path from 'node:path'

// Which layers each layer may import. Features never import one another.
const layers = ['theme', 'api', 'scatter', 'components', 'features', 'routes', 'app']
const allowed = {
  theme: ['theme'],
  api: ['api', 'gql'],
  scatter: ['scatter', 'theme'],
  components: ['components', 'api', 'gql', 'scatter', 'theme'],
  features: ['components', 'api', 'gql', 'scatter', 'theme'],
  app: ['app', 'features', 'components', 'api', 'gql', 'scatter', 'theme'],
  routes: ['routes', 'app', 'features', 'components', 'api', 'gql', 'scatter', 'theme'],
}

export const borders = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const root = path.join(context.cwd, 'src')
    const [layer, feature] = path.relative(root, context.filename).split(path.sep)
    if (!layers.includes(layer)) return {}

    function check(node) {
      const target = resolve(node.source?.value, context.filename, root)
      if (!target || target.startsWith('..')) return
      const [targetLayer, targetFeature] = target.split(path.sep)
      if (layer === 'features' && targetLayer === 'features' && targetFeature === feature) return
      if (targetLayer === 'testing' && context.filename.includes('.test.')) return
      if (!allowed[layer].includes(targetLayer)) {
        context.report({ node, message: `src/${layer} may not import src/${target}.` })
      }
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}

function resolve(source, filename, root) {
  if (typeof source !== 'string') return null
  if (source.startsWith('@/')) return source.slice(2)
  if (source.startsWith('.')) {
    return path.relative(root, path.resolve(path.dirname(filename), source))
  }
  return null
}
