#!/usr/bin/env node
// Writes the requests whose answers test/types replays, one a line: see puppet-types.rb.
//   node test/oracles/type-requests.mjs record   asks Puppet and writes test/types/recorded/*.json
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const types = [
  'Any', 'Undef', 'Default', 'Scalar', 'ScalarData', 'Data', 'RichData', 'RichDataKey', 'NotUndef', 'NotUndef[String]',
  'NotUndef[Optional[Integer]]', 'Optional', 'Optional[Integer]', 'Optional["x"]', 'Integer', 'Integer[0]', 'Integer[1, 5]', 'Integer[default, 0]',
  'Float', 'Float[0.0, 2.5]', 'Float[1]', 'Numeric', 'Boolean', 'Boolean[true]', 'String', 'String[1]', 'String[2, 4]', 'String[default, 1]',
  'Enum', 'Enum[a]', 'Enum[b, a, abc]', "Enum['A', true]", 'Pattern', 'Pattern[/^a/]', 'Pattern[/^a/, "b$", Regexp[/x\\/y/]]', 'Regexp', 'Regexp[/a/]',
  'Collection', 'Collection[2]', 'Collection[0, 1]', 'Array', 'Array[String]', 'Array[Integer, 1, 2]', 'Array[0, 0]', 'Array[Any, 1]', 'Array[Array[Integer]]',
  'Hash', 'Hash[String, Integer]', 'Hash[String, Any, 1]', 'Hash[0, 0]', 'Hash[Enum[a, b], Variant[Integer, String]]',
  'Tuple', 'Tuple[Integer, String]', 'Tuple[Integer, 1, 3]', 'Tuple[String, Integer, 0, default]', 'Tuple[Optional[Integer], String, 1, 2]',
  'Struct', "Struct[{a => Integer}]", "Struct[{a => Integer, b => Optional[String]}]", "Struct[{Optional[a] => Integer, NotUndef[b] => Any}]",
  'Variant', 'Variant[Integer, String]', 'Variant[Undef, String]', 'Variant[Enum[a], Enum[b], Integer[1, 3], Integer[4, 9]]', 'Variant[Array[String], Hash[String, String]]', 'Variant[Pattern[/a/], Pattern[/b/], Boolean]',
  'Type', 'Type[Integer]', 'Type[Scalar]', 'Sensitive', 'Sensitive[String]', 'Binary', 'Timestamp', "Timestamp['2020-01-01', '2021-01-01']", 'Timespan', 'Timespan[0, 60]',
  'SemVer', "SemVer['>=1.0.0 <2.0.0']", "SemVer['1.x', '>= 3.0.0']", 'SemVerRange', 'URI', "URI['http://example.com']", "URI[{scheme => Enum[http, https]}]",
  'Callable', 'Callable[String]', 'Callable[String, 1, 2]', 'Callable[0, 0]', 'Callable[[Integer], String]', 'Callable[1, default]', 'Callable[String, Callable[1, 1]]',
  'Iterable', 'Iterable[Integer]', 'Iterable[String]', 'Iterator', 'Iterator[Integer]', 'CatalogEntry', 'Resource', 'File', "File['/x']", "Notify['a']", 'Class', "Class['a::b']",
  'Object', 'Error', 'Deferred', 'Runtime', "Runtime[ruby, 'Symbol']", 'TypeSet', 'Init', 'Init[Integer]', 'Init[Integer, 16]', 'Init[String]', 'Init[Timestamp]',
  'Kinds::Port', 'Kinds::Path', 'Kinds::Tree', 'Kinds::List', 'Kinds::Ensure', 'Kinds::Opts', 'Kinds::Maybe', 'Kinds::Point', 'Kinds::Pixel',
  'Array[Kinds::Port]', 'Hash[String, Kinds::Tree]', 'Optional[Kinds::Ensure]', 'Variant[Kinds::Port, Kinds::Path]', 'Type[Kinds::Port]',
]

const values = [
  'undef', 'default', 'true', 'false', '0', '1', '-3', '70000', '1.0', '2.5', '-0.5', "''", "'a'", "'abc'", "'B'", "'/etc'", "'x/y'", '"a\\nb"', "'ärger'", '/a/',
  '[]', '[1]', '[1, 2]', "['a', 'b']", "[1, 'a']", '[undef]', '[[1], [2, 3]]', "[1, 2.5, 'a', true]", "[['a', 1]]",
  '{}', '{a => 1}', "{a => 1, b => 'x'}", '{a => undef}', '{1 => 2}', "{a => {b => 1}}", "{'name' => 'n', 'mode' => undef}", "{'name' => '', 'size' => 80, 'mode' => 'a'}", "{'name' => 'n', 'extra' => 1}",
  'Integer', 'Integer[1, 3]', 'Enum[a, b]', 'String', 'Kinds::Port', "File['/x']", 'File', 'Class[a]', 'Any',
  "Sensitive.new('s')", 'Sensitive.new(1)', "Binary.new('YWJj')", "Timestamp.new('2020-06-01')", 'Timespan.new(90)', "SemVer.new('1.2.3')", "SemVer.new('3.0.0-rc1')", "SemVerRange.new('>=1.0.0')", "URI.new('http://example.com/a?b#c')", "URI.new('mailto:a@example.com')",
  'Kinds::Point.new(1, 2)', "Kinds::Pixel.new(1, 0, 'red')", "Deferred.new('x', [1])", "Error.new('bad', 'kind')",
]

const describedValues = [
  'undef', 'default', 'true', '7', '-3', '70000', '2.5', "''", "'abc'", "'/etc'", '/a/', '[]', '[1, 2, 3]', "['a', 1]", '[undef]', "[['a'], 1]", '[[1, 2], [3, x]]',
  '{}', '{a => 1}', "{a => x, b => 1, c => 2}", '{1 => 2}', "{a => {b => x}}", "{'name' => '', 'size' => 70000, 'mode' => c}", 'Integer', "File['/x']", "Sensitive.new('s')", 'Timespan.new(90)', 'Kinds::Point.new(1, 2)',
]

const conversions = [
  "Integer.new('42')", "Integer.new('0x1F')", "Integer.new('0b101')", "Integer.new('017')", "Integer.new('08')", "Integer.new('1F', 16)", "Integer.new('0x1F', 16)", "Integer.new('101', 2)", "Integer.new('0b11', 2)", "Integer.new('17', 8)", "Integer.new('017', 10)", "Integer.new('09', 10)", "Integer.new('12', 2)", "Integer.new('0x10', 10)", "Integer.new('- 5')", "Integer.new('+7')", "Integer.new('-0x1f')",
  "Integer.new('abc')", "Integer.new('')", "Integer.new(' 5')", "Integer.new(3.99)", "Integer.new(-3.99)", "Integer.new(true)", "Integer.new(undef)", "Integer.new([1])", "Integer.new({from => '0x1F', radix => 16})", "Integer.new({from => '-5', abs => true})", "Integer.new({from => 'x'})", "Integer.new({radix => 16})", "Integer.new({from => 1, foo => 2})", "Integer.new('-7', default, true)", "Integer.new('1', 7)", "Integer.new('1', 'a')", "Integer.new()", "Integer.new(1, 2, true, 4)", "Integer[0, 5].new('9')", "Integer.new(Timespan.new(90))", "Integer.new('FF', 16)",
  "Float.new('1.5')", "Float.new('1e3')", "Float.new('-1.5e-3')", "Float.new(3)", "Float.new(true)", "Float.new('0x1F')", "Float.new('0b11')", "Float.new('x')", "Float.new(-2, true)", "Float.new({from => '2.5'})", "Float.new([1])", "Float.new('010')", "Float.new('- 1.5')", "Float.new(1e400)",
  "Numeric.new('1')", "Numeric.new('1.5')", "Numeric.new('0x1f')", "Numeric.new('0b11')", "Numeric.new('017')", "Numeric.new('08')", "Numeric.new('x')", "Numeric.new(true)", "Numeric.new('-3', true)", "Numeric.new({from => '3'})", "Numeric.new(undef)",
  "Boolean.new('yes')", "Boolean.new('No')", "Boolean.new('TRUE')", "Boolean.new(0)", "Boolean.new(0.0)", "Boolean.new(2)", "Boolean.new('maybe')", "Boolean.new(undef)", "Boolean.new([])", "Boolean[true].new('false')",
  "Array.new('abc')", "Array.new({a => 1, b => 2})", "Array.new(3)", "Array.new(-1)", "Array.new(undef)", "Array.new('abc', true)", "Array.new([1], true)", "Array.new(Binary.new('YWJj'))", "Array.new(Integer[1, 3])", "Array.new(1.5)", "Array.new(true)", "Array[Integer].new('ab')", "Tuple[String, String].new('ab')", "Tuple[String].new('ab')",
  "Hash.new([a, 1, b, 2])", "Hash.new([[a, 1], [b, 2]])", "Hash.new([a, 1, b])", "Hash.new([])", "Hash.new('ab')", "Hash.new('abc')", "Hash.new(undef)", "Hash.new({a => 1})", "Hash.new([[[a, b], 1], [[a, c], 2]], tree)", "Hash.new([[[a], [1, 2]], [[a, 0], 9]], tree)", "Hash.new([[[], [x, y]], [[0], z]], hash_tree)", "Hash.new([[[a], [1, [2]]]], hash_tree)", "Struct[{a => Integer}].new([a, 1])", "Struct[{a => Integer}].new([a, x])", "Hash[String, Integer].new([[a, 1]])",
  "Binary.new('YWJj')", "Binary.new('YWJ')", "Binary.new('abc', '%s')", "Binary.new('YW Jj', '%b')", "Binary.new('_-8', '%u')", "Binary.new([97, 98])", "Binary.new([256])", "Binary.new({value => 'abc', format => '%s'})", "Binary.new(1)", "Binary.new('a', '%x')",
  "Timestamp.new('2020-01-31T10:20:30.5 UTC')", "Timestamp.new('2020-01-31')", "Timestamp.new('2020-01-31 10:20:30 +0200')", "Timestamp.new('2020-01-31 10:20', '%F %H:%M')", "Timestamp.new('2020-01-31', '%F', '+02:00')", "Timestamp.new('2020-01-31T00:00:00', default, 'CET')", "Timestamp.new(0)", "Timestamp.new(1.5)", "Timestamp.new('nope')", "Timestamp.new('nope', '%F')", "Timestamp.new({string => '2020-02-03', format => '%Y-%d-%m'})", "Timestamp.new('31/Dec/2019:23:59:59 +0100', '%d/%b/%Y:%H:%M:%S %z')", "Timestamp.new('12/31/19', '%D')", "Timestamp.new(true)", "Timestamp.new('1577836800', '%s')", "Timestamp.new('2020-01-01', ['%d', '%F'])", "Timestamp.new('Wed Jan  1 2020 03:04 PM', '%a %b %e %Y %I:%M %p')",
  "Timespan.new('1-02:03:04.5')", "Timespan.new('02:03')", "Timespan.new('90')", "Timespan.new(90)", "Timespan.new(1.25)", "Timespan.new(1, 2, 3, 4)", "Timespan.new(0, 0, 0, 1, 500)", "Timespan.new({hours => 2, negative => true})", "Timespan.new({string => '5d', format => '%Dd'})", "Timespan.new('10:11', '%M:%S')", "Timespan.new('x')", "Timespan.new('x', '%D')", "Timespan.new('1', '%Q')", "Timespan.new('-1-00:00:00.0')", "Timespan.new(true)", "Timespan.new('3 4', '%H %_M')",
  "SemVer.new('1.2.3-rc.1+build.5')", "SemVer.new('1.2')", "SemVer.new(1, 2, 3)", "SemVer.new(1, 2, 3, 'rc1', 'b')", "SemVer.new({major => 1, minor => 2, patch => 3})", "SemVer.new(1)", "SemVer.new(-1, 0, 0)", "SemVer['>=2.0.0'].new('1.0.0')", "SemVer.new('1.0.0-01')",
  "SemVerRange.new('>=1.0.0 <2.0.0')", "SemVerRange.new('bad range')", "SemVerRange.new(SemVer.new('1.0.0'), SemVer.new('2.0.0'))", "SemVerRange.new(1)",
  "URI.new('http://a.b/c')", "URI.new({scheme => 'https', host => 'example.com', path => '/x', port => 8443})", "URI.new({scheme => 'http', host => 'example.com', port => 80, query => 'a=b'})", "URI.new('a b')", "URI.new('')", "URI.new(1)", "URI.new({host => 'x', bad => 1})",
  "Regexp.new('a.b')", "Regexp.new('a.b', true)", "Regexp.new(1)", "Regexp.new('a/b')", "Regexp.new('[')", "Regexp.new('(')", "Regexp.new('*a')", "Sensitive.new('a')", "Sensitive.new(Sensitive.new('a'))", "Sensitive[Integer].new('a')",
  "Type.new('Array[Integer]')", "Type.new('Foo::Bar')", "Type.new(1)", "Any.new(1)", "NotUndef.new(1)", "NotUndef.new(undef)", "NotUndef[Integer].new('3')", "Optional[Integer].new('3')", "Optional[Integer].new(undef)", "Kinds::Port.new('80')", "Kinds::Port.new('99999')", "Variant[Integer, String].new('1')", "Variant[Integer, String].new(1.5)", "Enum[a].new('b')", "Pattern[/a/].new(1)", "Scalar.new([])", "Undef.new(1)",
  "Init[Integer].new('3')", "Init[Integer, 16].new('1F')", "Init[Integer].new(['1F', 16])", "Init[Timestamp].new('2020-01-01')", "Init[Array].new([1, 2])", "Init[Integer].new([1, 2, 3, 4, 5])",
  "Kinds::Point.new(1, 2)", "Kinds::Point.new(1)", "Kinds::Point.new({x => 1, y => 5})", "Kinds::Point.new({x => a})", "Kinds::Point.new('a')", "Kinds::Point.new()", "Kinds::Pixel.new(1)", "Kinds::Pixel.new(1, 2, red)", "Kinds::Pixel.new({x => 1, color => blue})", "Kinds::Pixel.new({x => 1, colour => blue})", "Error.new('m')", "Error.new({msg => m, details => {a => 1}})", "Deferred.new('f')", "Deferred.new('f', [1])", "Deferred.new('F')",
]

const formats = [
  ...['%d', '%x', '%#x', '%X', '%o', '%#o', '%b', '%#b', '%05d', '%+d', '% d', '%-6d', '%6d', '%.4d', '%s', '%#s', '%p', '%e', '%.2e', '%E', '%f', '%.1f', '%g', '%a', '%c', '%#c', '%8.3f', '%08.2f', '%z', '%+x', '%08x', '%B'].flatMap((f) => ["String.new(65, '" + f + "')", "String.new(-255, '" + f + "')"]),
  ...['%f', '%.0f', '%.2f', '%e', '%g', '%.3g', '%#g', '%G', '%a', '%p', '%s', '%#s', '%d', '%x', '%10.3e', '%-10f', '%q'].flatMap((f) => ["String.new(2.5, '" + f + "')", "String.new(-0.00012345, '" + f + "')", "String.new(1.0e20, '" + f + "')"]),
  ...['%s', '%p', '%#p', '%c', '%C', '%u', '%d', '%t', '%#c', '%#C', '%#u', '%#d', '%#t', '%8s', '%-8s', '%.2s', '%10.2p', '%x'].flatMap((f) => [`String.new('hELLO::wORLD', '${f}')`, `String.new("  it's \\"q\\" \\\\ \\n\\t\\$x ", '${f}')`]),
  ...['%t', '%T', '%y', '%Y', '%#t', '%#T', '%#y', '%#Y', '%d', '%x', '%f', '%s', '%p', '%5s', '%-6t', '%q'].flatMap((f) => [`String.new(true, '${f}')`, `String.new(false, '${f}')`]),
  ...['%s', '%p', '%#s', '%#p', '%n', '%#n', '%u', '%#u', '%v', '%V', '%d', '%5s', '%q'].map((f) => `String.new(undef, '${f}')`),
  ...['%s', '%p', '%d', '%D', '%#d', '%#D', '%x'].map((f) => `String.new(default, '${f}')`),
  ...['%s', '%p', '%#s', '%10s', '%x'].map((f) => `String.new(/a\\/b/, '${f}')`),
  ...['%s', '%p', '%b', '%B', '%u', '%t', '%T', '%#B', '%10t', '%#s', '%x'].map((f) => `String.new(Binary.new('YWJj'), '${f}')`),
  ...['%s', '%p', '%#s', '%20p', '%x'].map((f) => `String.new(Array[Integer], '${f}')`),
  ...['%s', '%p', '%#s', '%x'].map((f) => `String.new(URI.new('http://a/b'), '${f}')`),
  ...["Sensitive.new('x')", "Timestamp.new(0)", "Timespan.new(90)", "SemVer.new('1.2.3')", "SemVerRange.new('1.x')", "Kinds::Point.new(1, 2)", "Kinds::Point.new(1)", 'Kinds::Port'].flatMap((v) => [`String.new(${v})`, `String.new(${v}, '%s')`, `String.new(${v}, '%p')`]),
  ...['%a', '%s', '%p', '%(a', '%<a', '%{a', '%|a', '% a', '%#a', '%#5a', '%#a', '%x', '%h'].flatMap((f) => [`String.new([1, 'a', undef, 2.5], '${f}')`, `String.new([1, [2, [3, 4]], {a => [5]}, 6], '${f}')`, `String.new([], '${f}')`]),
  ...['%h', '%s', '%p', '%a', '%(h', '%#h', '%#a', '% h', '%x'].flatMap((f) => [`String.new({a => 1, 'b' => 'x'}, '${f}')`, `String.new({a => {b => {c => 1}}, d => [1, 2]}, '${f}')`, `String.new({}, '${f}')`]),
  "String.new([1, 2, 3], {Array => {format => '%(a', separator => ';'}})", "String.new([1, 'a', [2.5]], {Array => {format => '%a', string_formats => {Integer => '%#x', String => '%s', Float => '%.3f'}}})", "String.new({a => 1}, {Hash => {format => '%h', separator2 => ': '}})", "String.new({a => 1, b => 2}, {Hash => {format => '%h', separator => ' ', separator2 => '='}})",
  "String.new([1, a], {Integer => '%05d'})", "String.new(5, {Integer => '%05d'})", "String.new(5, {Numeric => '%x', Integer => '%o'})", "String.new('a', {Integer => '%x'})", "String.new([1], {Array => {format => '%a', bad => 1}})", "String.new(1, {1 => '%d'})", "String.new(1, '%-05-d')", "String.new(1, 'd')", "String.new([1], '%[(a')", "String.new(1, 2)", "String.new()", "String.new(1, '%d', 3)", "String[1, 2].new(12345)", "String.new(12345678901234567890)", "String.new({a => [1, {b => c}]}, {Hash => {format => '%#h'}, Array => {format => '%#a'}})", "String.new('x')", "String.new(undef)", "String.new(1.0)", "String.new(1e100)", "String.new([1.0, 1e-7])",
]

const expressions = [
  'Array[1]', "Array['a']", 'Array[String, Integer]', 'Array[String, a]', 'Array[String, 1, 2, 3]', 'Array[1, String]', 'Array[String, 5, 2]', 'Array[[String, 1]]', 'Array[undef]', 'Array[1, 2, 3]',
  'Hash[String]', 'Hash[1, 2]', 'Hash[String, 1]', 'Hash[1, String]', 'Hash[String, Integer, 1]', 'Hash[String, Integer, a]', 'Hash[String, Integer, 1, 2, 3]', 'Hash[String, Integer, Integer[1, 2]]', 'Collection[a]', 'Collection[1, 2, 3]', 'Collection[Integer[1, 2]]',
  'Integer[a]', 'Integer[1, 2, 3]', 'Integer[5, 1]', 'Integer[1.5]', 'Integer[default]', 'Integer[default, 3]', 'Float[a]', 'Float[2, 1]', 'Float[1, 2, 3]', 'Float[default, 1.5]', 'String[a]', 'String[1, 2, 3]', 'String[-1, 5]', 'String[Integer[1, 3]]', 'String[default, default]',
  'Boolean[1]', 'Boolean[true, false]', 'Boolean[false]', 'Enum[1]', 'Enum[true]', 'Enum[b, a, b]', 'Enum[[a, b]]', 'Variant[1]', 'Variant[Integer]', 'Variant[Variant[Integer, String], Integer]', 'Tuple[1]', 'Tuple[a]', 'Tuple[String, 3, 1]', 'Tuple[String, default, 3]', 'Tuple[[String, Integer]]',
  'Struct[1]', 'Struct[{1 => Integer}]', "Struct[{'' => Integer}]", 'Struct[{a => 1}]', 'Struct[{}]', 'Struct[{Integer => String}]', 'Struct[{Enum[a] => String}]', 'Struct[{a => Integer}, 1]', 'Pattern[1]', 'Pattern[Integer]', 'Pattern["["]', 'Pattern[Pattern[/a/], /a/, b]', 'Regexp[1]', 'Regexp[a, b]', 'Regexp["a"]',
  'Optional[1]', 'Optional[Integer, String]', 'Optional[a]', 'NotUndef[1]', 'NotUndef[a]', 'NotUndef[Any]', 'NotUndef[Integer, String]', 'Type[1]', 'Type[Integer, String]', 'Sensitive[1]', 'Sensitive[Integer[1, 2]]', 'Sensitive[Any]', 'Iterable[1]', 'Iterator[1]', 'Iterable[Any]', 'Init[1]', 'Init[Integer, 99]', 'Init[Optional[Integer]]', 'Callable[1]', 'Callable[[String]]', 'Callable[String, [Integer]]', 'Callable[[], Integer]', 'Callable[[1, 1], Integer]', 'Callable[Callable]', 'Callable[Optional[Callable]]', 'Callable[String, default, 3]', 'Callable[0]',
  "SemVer['x']", 'SemVer[1]', 'Timestamp[a]', 'Timestamp[1, 2, 3]', 'Timestamp[5, 1]', 'Timespan[1, 2]', "Timespan['1-00:00:00.0', default]", 'Timespan[{days => 1}]', 'URI[1]', "URI['http://a', 1]", "URI[{host => 'a'}]", "Runtime[ruby]", "Runtime[ruby, 'X']", 'Any[1]', 'Undef[1]', 'Data[1]', 'Scalar[String]', 'Numeric[1]', 'Kinds::Port[1]', 'Binary[1]', 'CatalogEntry[1]', 'Error[kind]', 'Error[kind, code]', 'Error[{kind => k}]', 'Error[{bad => k}]', 'Error[1]', 'Kinds::Point[1]',
]

const calls = [
  'kinds::one()', "kinds::one('')", "kinds::one('a', 2)", "kinds::one('a', 'b')", "kinds::one('a', 0)", 'kinds::one(1, 2, 3)', "kinds::one('a') |$x| { 1 }", 'kinds::one(undef)', 'kinds::one([1])',
  'kinds::many()', "kinds::many('a', 1)", "kinds::many('a', 'b')", "kinds::many(['a', 1], 70000)", "kinds::many(['a', 'b'])", "kinds::many(['a', 1], ['b', 2], 80)", 'kinds::many({a => 1})', 'kinds::many({a => 1}) |$k| { 1 }', 'kinds::many({a => 1}) |$k, $v| { 1 }', 'kinds::many({1 => 1}) |$k, $v| { 1 }', 'kinds::many(1)',
  'kinds::block(1)', "kinds::block('a')", 'kinds::block(1) |$x| { 1 }', 'kinds::block(1) |Integer $x| { 1 }', 'kinds::block(1) |$x, $y| { 1 }', 'kinds::block(1) |String $x, $y = 1| { 1 }', 'kinds::block(1) |*$x| { 1 }', 'kinds::block() |$x| { 1 }', 'kinds::block(1) || { 1 }',
  "kinds::strict('a')", "kinds::strict('c') || { 1 }", 'kinds::strict(3)', 'kinds::strict(3) || { 1 }', "kinds::strict('a') || { 1 }", "kinds::strict('a') |$x| { 1 }", 'kinds::strict()', 'kinds::strict([])',
]

const parameters = {
  port: ['Kinds::Port', false], ensure: ['Kinds::Ensure', true], name: ['String[1]', false], opts: ['Optional[Kinds::Opts]', true],
  list: ['Array[Variant[String, Integer]]', true], pair: ['Tuple[String, Integer]', true], any: ['Any', true], map: ['Hash[String, Kinds::Port]', true],
  path: ['Kinds::Path', true], tree: ['Kinds::Tree', true], choice: ['Optional[Enum[a, b]]', true], flags: ['Variant[Boolean, Enum[yes, no], Array[String, 1]]', true],
}
const base = { port: '80', name: "'n'" }
const parameterSets = [
  {}, base, { port: '80' }, { ...base, extra: '1' }, { ...base, extra: '1', other: '2' }, { port: '70000', name: "''" }, { port: "'80'", name: 'undef' },
  ...['true', "'present'", "'gone'", '1', 'undef', '[1]'].map((v) => ({ ...base, ensure: v })),
  ...['undef', '{}', "{'name' => ''}", "{'name' => 'a', 'mode' => 'c'}", "{'name' => 'a', 'mode' => undef, 'x' => 1}", '1', "{'name' => 'a', 'mode' => a, 'size' => -1}", '{1 => 2}'].map((v) => ({ ...base, opts: v })),
  ...['[]', "['a', 1.5]", '[[1]]', "'a'", '{}', '[undef, true]'].map((v) => ({ ...base, list: v })),
  ...["['a']", "['a', 'b']", "[1, 2, 3]", "'x'", '{}'].map((v) => ({ ...base, pair: v })),
  ...['{}', "{'a' => 'b'}", "{'a' => 70000, 'b' => -1}", '{1 => 1}', '[1]', "{'a' => {}}"].map((v) => ({ ...base, map: v })),
  ...["'relative'", '1', "'C:\\x'", 'undef', "['/a']"].map((v) => ({ ...base, path: v })),
  ...["{'a' => {'b' => 'c'}}", "{'a' => 1}", "{'a' => {'b' => {'c' => 2}}}", "'x'", "{'a' => undef}"].map((v) => ({ ...base, tree: v })),
  ...["'c'", '1', 'undef', '[a]', "Sensitive.new('a')"].map((v) => ({ ...base, choice: v })),
  ...["'maybe'", '[]', '[1]', '1', 'undef', '{}', "Sensitive.new(true)"].map((v) => ({ ...base, flags: v })),
]

const patterns = [
  ['^b$', 'a\nb\nc'], ['\\Ab', 'a\nb'], ['a\\z', 'a\n'], ['a\\Z', 'a\n'], ['a$', 'a\n'], ['^$', ''], ['^', 'a\n'], ['\\h+', 'xyz1aFg'], ['\\H', 'ag'], ['(?i)abc', 'xABC'], ['(?i:a)b', 'Ab'], ['(?i:a)b', 'AB'], ['a.c', 'a\nc'], ['(?m)a.c', 'a\nc'], ['(?m:a.)c', 'a\nc'], ['(?x) a b # c', 'ab'], ['(?-mix:a)', 'a'],
  ['(?<n>a)(b)', 'ab'], ['(?<y>\\d+)-(?<m>\\d+)', '2020-01'], ['(a)(b)?', 'a'], ['(a|ab)(c|bcd)(d*)', 'abcd'], ['a++b', 'aaab'], ['a*+a', 'aaa'], ['(?>a|ab)c', 'abc'], ['a{,2}b', 'aaab'], ['a{2}+b', 'aaaab'], ['\\d', '٣'], ['\\w+', 'äb'], ['[[:alpha:]]+', 'äb1'], ['\\s', '\u00a0'], ['[[:space:]]', '\u00a0'], ['\\bä', 'ä'], ['\\p{Alpha}+', 'äb1'], ['\\p{Lu}', 'aÄ'], ['[a-z&&[^b]]+', 'bac'], ['[^\\]]+', 'a]'], ['[]a]', ']'], ['\\R', '\r\n'], ['(?<=a)b', 'ab'], ['(?<!a)b', 'ab'], ['(?=b)', 'ab'], ['(?!b)c', 'c'], ['(\\()?a(?(1)\\))', '(a)'], ['\\A(?<p>\\((?:[^()]|\\g<p>)*\\))\\z', '(a(b)c)'], ['(?:a(?<x>b))\\k<x>', 'abb'], ['(a)\\1', 'aa'], ['\\x41\\u0042', 'AB'], ['\\Qa', 'Qa'], ['a|', 'b'], ['[\\w-]+', 'a-b'], ['[a\\-z]', '-'], ['[\\d.]+', '1.2'], ['\\/', '/'], ['{', '{'], ['a{1', 'a{1'], ['}', '}'], ['\\e', '\u001b'], ['[', 'a'], ['(', 'a'], [')', 'a'], ['*', 'a'], ['a**', 'aa'], ['[b-a]', 'a'], ['\\', 'a'], ['(?<>a)', 'a'], ['[]', 'a'], ['(?z)', 'a'], ['a{2,1}', 'aa'], ['\\p{Nope}', 'a'], ['(?<a>x)\\k<b>', 'x'], ['\\2(a)', 'a'], ['^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]+$', 'www.example.com'], ['\\A(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!\\z)|\\z)){4}', '192.168.1.1'], ['\\K', 'a'], ['a\\Kb', 'ab'], ['\\G', 'a'], ['\\X', 'e\u0301'], ['.', '😀'], ['^.{2}$', '😀a'], ['(?a)\\w', 'a'], ['(?u)\\w', 'ä'], ['(?~abc)', 'xabc'], ['a(?#comment)b', 'ab'], ['\\O', '\n'], ['[[:^digit:]]', '1a'], ['[\\p{L}]', 'ä'], ['\\cA', '\u0001'], ['\\0', '\u0000'], ['\\12', '\n'],
]

export function requests() {
  const some = types.filter((t, i) => !/^Init/.test(t) && i % 3 === 0)
  const own = types.filter((t) => !/^Init/.test(t))
  return {
    print: types.map((type) => ({ op: 'print', type })),
    instance: types.map((type) => ({ op: 'instance', type, values })),
    assignable: types.map((type) => ({ op: 'assignable', type, others: types })),
    common: own.filter((_, i) => i % 2 === 0).map((type) => ({ op: 'common', type, others: some })),
    infer: [...values, "[File['/x'], Notify['a']]", '[Integer, String]', '[1, undef]', "['a', 'b', /x/]", '[[], {}]', '[{a => 1}, {b => x}]', '[default, 1]', "[Sensitive.new('a')]", "{[1] => 2, 'a' => 3}", '[1.5, 2]', '[true, false]', "['', a]", '[Class[a], Class[b]]', '[File, File["/a"]]'].map((value) => ({ op: 'infer', value })),
    describe: types.flatMap((type) => describedValues.map((value) => ({ op: 'describe', type, value }))),
    conversions: conversions.map((code) => ({ op: 'evaluate', code })),
    formats: formats.map((code) => ({ op: 'evaluate', code })),
    expressions: expressions.map((code) => ({ op: 'evaluate', code })),
    calls: calls.map((code) => ({ op: 'evaluate', code })),
    parameters: parameterSets.map((given) => ({ op: 'parameters', parameters, given })),
    regexps: patterns.map(([pattern, text]) => ({ op: 'match', pattern, text })),
  }
}

const here = dirname(fileURLToPath(import.meta.url))

/** Puppet's answers, in the order of the requests. */
export function ask(list) {
  const input = list.map((r) => JSON.stringify(r)).join('\n')
  const run = spawnSync('ruby', [join(here, 'puppet-types.rb')], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (run.status !== 0) throw new Error(run.stderr)
  return run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = requests()
  if (process.argv[2] !== 'record') for (const list of Object.values(all)) for (const r of list) console.log(JSON.stringify(r))
  else {
    const answers = ask(Object.values(all).flat())
    const folder = join(here, '../types/recorded')
    mkdirSync(folder, { recursive: true })
    let at = 0
    for (const [name, list] of Object.entries(all)) {
      const answered = list.map((request) => ({ request, answer: answers[at++] }))
      // What all requests of a group share stands once, above them.
      const shared = Object.fromEntries(
        Object.entries(list[0]).filter(([key, v]) => typeof v === 'object' && list.every((r) => r[key] === v)),
      )
      for (const { request } of answered) for (const key of Object.keys(shared)) delete request[key]
      const lines = answered.filter(({ answer }) => answer.text !== '' || name !== 'describe').map((a) => JSON.stringify(a))
      const head = JSON.stringify('node test/oracles/type-requests.mjs record (Puppet 7.23)')
      writeFileSync(join(folder, `${name}.json`), `{"command": ${head},\n"shared": ${JSON.stringify(shared)},\n"answers": [\n${lines.join(',\n')}\n]}\n`)
    }
  }
}
