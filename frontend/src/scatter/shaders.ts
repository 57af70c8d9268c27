/** The one program that draws all marks: plain, selected and filtered-out points, open rings and the hovered mark. */

/** Attribute locations, shared by the program and the buffers. */
export const POSITION = 0
export const CODE = 1
export const STATE = 2
export const ORIGIN = 3

/** Where the origin of a point lies that has none: as far out as points without a position. */
export const OUTSIDE = 1e6

/** Values of u_pass: which points a draw call lets through. */
export const PASS = { filteredOut: 0, plain: 1, selected: 2, any: 3 } as const

export const VERTEX_SHADER = `#version 300 es
layout(location = ${POSITION}) in vec2 a_position;
layout(location = ${CODE}) in uint a_code;
layout(location = ${STATE}) in uint a_state;
layout(location = ${ORIGIN}) in vec2 a_origin;
uniform vec2 u_centre;
uniform vec2 u_scale;
uniform int u_pass;
uniform float u_radius;
uniform float u_pixelRatio;
uniform float u_opacity;
uniform float u_blend;
uniform vec4 u_colour;
uniform int u_ring;
uniform sampler2D u_palette;
flat out vec4 v_colour;
flat out float v_radius;
flat out float v_ring;

void main() {
  bool isVisible = (a_state & 1u) != 0u;
  bool isSelected = (a_state & 2u) != 0u;
  int pass = isVisible ? (isSelected ? 2 : 1) : 0;
  if (u_pass != 3 && (u_pass != pass || (a_state & 8u) != 0u)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 1.0;
    return;
  }
  vec4 texel = texelFetch(u_palette, ivec2(min(int(a_code), 4095), 0), 0);
  v_colour = u_colour.a > 0.0 ? u_colour : vec4(texel.rgb, u_opacity);
  v_radius = u_radius * u_pixelRatio;
  v_ring = (u_ring == 1 || (u_ring == 2 && (a_state & 4u) != 0u)) ? u_pixelRatio : 0.0;
  // On its way from its origin; a point without one fades in at its place.
  bool isNew = a_origin.x > ${(OUTSIDE / 2).toFixed(1)};
  vec2 place = isNew ? a_position : mix(a_origin, a_position, u_blend);
  if (isNew) v_colour.a *= u_blend;
  gl_Position = vec4((place - u_centre) * u_scale, 0.0, 1.0);
  gl_PointSize = 2.0 * v_radius + 2.0;
}`

export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
flat in vec4 v_colour;
flat in float v_radius;
flat in float v_ring;
out vec4 colour;

void main() {
  float distance = length(gl_PointCoord - 0.5) * (2.0 * v_radius + 2.0);
  float coverage = 1.0 - smoothstep(v_radius - 0.5, v_radius + 0.5, distance);
  if (v_ring > 0.0) {
    float inner = v_radius - (v_radius > 5.0 * v_ring ? 1.6 : 1.0) * v_ring;
    coverage *= smoothstep(inner - 0.5, inner + 0.5, distance);
  }
  float alpha = v_colour.a * coverage;
  if (alpha < 0.004) discard;
  colour = vec4(v_colour.rgb * alpha, alpha);
}`

const UNIFORMS = [
  'u_centre',
  'u_scale',
  'u_pass',
  'u_radius',
  'u_pixelRatio',
  'u_opacity',
  'u_colour',
  'u_ring',
  'u_palette',
  'u_blend',
] as const

export type Uniforms = Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>

export function buildProgram(gl: WebGL2RenderingContext): { program: WebGLProgram; uniforms: Uniforms } {
  const program = gl.createProgram()
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, VERTEX_SHADER))
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, FRAGMENT_SHADER))
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map program does not link: ${gl.getProgramInfoLog(program)}`)
  }
  const entries = UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)])
  return { program, uniforms: Object.fromEntries(entries) as Uniforms }
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type)
  if (!shader) throw new Error('The graphics context was lost')
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
    throw new Error(`A map shader does not compile: ${gl.getShaderInfoLog(shader)}`)
  }
  return shader
}
