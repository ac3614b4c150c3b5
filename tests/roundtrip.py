#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""roundtrip.py BUILD - what kith writes as GraphML (also for yEd), GEXF, DOT and Pajek, others read: xmllint, python-igraph,
networkx, graph-tool (where it is installed) and kith itself.

Node and tie counts must equal `kith info --format json` on the same files, names must come back as
they were written (markup, quotes, right-to-left text, a leading =), no number may be NaN, and every node
has a place, a size and a colour. What GraphML says once, as a key's default, each of them must read as if it were said of every
node and tie; NetworkX keeps it with the graph.
"""
import json
import os
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TIDEWELL = [os.path.join(ROOT, 'datasets/tidewell', name) for name in (
    'Connections.csv', 'apple_v3.vcf', 'android_v21_qp.vcf', 'marta_google.ics', 'circle_events.ics',
    'attendance_list.csv', 'attendance_matrix.csv', 'referrals.csv', 'suppliers.csv')]
SETS = {
    'tidewell': TIDEWELL,
    'davis': [os.path.join(ROOT, 'datasets/davis/attendance.csv')],
    'kite': [os.path.join(ROOT, 'datasets/kite/edges.csv')],
    'hostile': [os.path.join(ROOT, 'tests/fixtures/nasty/formula_names.csv')],
}
# Shown as written. A control character cannot be in XML, so that name is not asked for.
HOSTILE = [
    '=HYPERLINK("http://evil.example.com","Win")', '+441632960999', "@SUM(1+1)*cmd|' /C calc'!A0", '-2+3',
    '<script>alert("x")</script>', "Robert'); DROP TABLE people;--", '%n%s%x %p', '\u202eevoL ylimE',
    '<img src=x onerror=alert(1)>',
]
NAMED = {'tidewell': ['Marta Kowalska', 'Søren Dahl', 'Kelp & Co. Cosmetics'], 'davis': ['EVELYN', 'E14'],
         'kite': ['Heather'], 'hostile': HOSTILE}
AS_OF = ['--as-of', '2024-12-31']
faults = []


def fault(text):
    faults.append(text)
    print(text)


def kith(*arguments):
    answer = subprocess.run([KITH, *arguments], capture_output=True, check=False)
    if answer.returncode != 0:
        sys.exit('kith %s: exit %d\n%s' % (' '.join(arguments), answer.returncode, answer.stderr.decode()))
    return answer.stdout


def counts(files):
    """(nodes, facts) as kith itself counts them: an export has an edge for each fact."""
    document = json.loads(kith('info', '--format', 'json', *AS_OF, *files))
    rows = document['tables']['counts']
    return (sum(row['count'] for row in rows if not row['kind'].startswith('tie:')),
            sum(row['facts'] for row in rows if row['kind'].startswith('tie:')))


def is_nan(value):
    return (isinstance(value, float) and value != value) or \
        (isinstance(value, str) and value.strip().lower() in ('nan', '-nan', 'inf', '-inf'))


def compare(who, name, expected, nodes, ties, values):
    """values: every attribute value of every node, for names and NaNs."""
    if (nodes, ties) != expected:
        fault('%s: %s reads %d nodes and %d ties, kith info says %d and %d' % (name, who, nodes, ties, *expected))
    texts = {value for value in values if isinstance(value, str)}
    for wanted in NAMED[name]:
        if wanted not in texts:
            fault('%s: %s does not find the name %r' % (name, who, wanted))


def with_igraph(igraph, name, path, expected):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter('always')
        graph = igraph.Graph.Read_GraphML(path)
    for warning in told:
        fault('%s: igraph warns: %s' % (name, warning.message))
    # igraph itself gives NaN for a number that an element does not have, so NaNs are looked for elsewhere.
    compare('igraph', name, expected, graph.vcount(), graph.ecount(),
            [vertex[key] for vertex in graph.vs for key in graph.vs.attributes()])


def with_networkx(networkx, name, path, expected):
    graph = networkx.read_graphml(path, force_multigraph=True)
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    edges = [value for _, _, data in graph.edges(data=True) for value in data.values()]
    compare('networkx', name, expected, graph.number_of_nodes(), graph.number_of_edges(),
            values + list(graph.nodes))
    for value in values + edges:
        if is_nan(value):
            fault('%s: a value is %r' % (name, value))
            break


def with_graph_tool(graph_tool, name, path, expected):
    graph = graph_tool.load_graph(path)
    values = [prop[vertex] for key, prop in graph.vertex_properties.items() for vertex in graph.vertices()]
    compare('graph-tool', name, expected, graph.num_vertices(), graph.num_edges(), values)
    # What is missing reads as 0 there; what is there must have its type.
    for key, wanted in (('x', 'double'), ('y', 'double'), ('size', 'double'), ('label', 'string'), ('color', 'string')):
        found = graph.vertex_properties[key].value_type() if key in graph.vertex_properties else 'nothing'
        if found not in (wanted, 'long ' + wanted):
            fault('%s: graph-tool reads %s as %s, not %s' % (name, key, found, wanted))


def load_graph_tool():
    """graph-tool is large, so a machine may do without; whoever reads the log must see it."""
    try:
        import graph_tool
    except ImportError as error:
        print('roundtrip.py: SKIPPED graph-tool: %s (Debian: python3-graph-tool)' % error, file=sys.stderr)
        return None
    return graph_tool


def has_looks(name, who, nodes):
    """nodes: a dict of attributes for each."""
    for data in nodes:
        if not (0 <= data.get('x', -1) <= 1500 and 0 <= data.get('y', -1) <= 1000 and 8 <= data.get('size', 0) <= 32
                and str(data.get('color', '')).startswith('#')):
            fault('%s: %s does not see where to draw %s' % (name, who, data.get('label')))
            return


def gexf(networkx, name, path, expected):
    kith('export', '-o', path, *AS_OF, *SETS[name])
    graph = networkx.read_gexf(path)
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    compare('networkx (GEXF)', name, expected, graph.number_of_nodes(), graph.number_of_edges(), values)
    for _, data in graph.nodes(data=True):
        looks = data.get('viz', {})
        if not {'position', 'size', 'color'} <= set(looks) or looks['position']['x'] != data['x']:
            fault('%s: GEXF has no looks for %s' % (name, data.get('label')))
            break
    dated = sum(1 for _, _, data in graph.edges(data=True) if 'start' in data)
    told = sum(1 for _, _, data in graph.edges(data=True) if 'when' in data)
    if dated != told:
        fault('%s: of %d dated ties %d have a start in GEXF' % (name, told, dated))


def yed(networkx, name, path, expected):
    """yEd itself is not to be had: NetworkX knows its elements and takes shape and place from them instead of the plain keys."""
    kith('export', '--format', 'yed', '-o', path, *AS_OF, *SETS[name])
    graph = networkx.read_graphml(path, force_multigraph=True)
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    compare('networkx (yEd)', name, expected, graph.number_of_nodes(), graph.number_of_edges(), values)
    plain = networkx.read_graphml(os.path.splitext(path)[0][:-4] + '.graphml', force_multigraph=True)
    common = plain.graph.get('node_default', {})
    shapes = {'person': 'ellipse', 'organisation': 'rectangle', 'event': 'diamond', 'topic': 'triangle'}
    for node, data in graph.nodes(data=True):
        there = plain.nodes[node]
        across, down = there['x'] - there['size'] / 2, 1000 - there['y'] - there['size'] / 2
        if abs(float(data['x']) - across) > 0.01 or abs(float(data['y']) - down) > 0.01 or data['shape_type'] != shapes[there.get('kind', common.get('kind'))]:
            fault('%s: yEd would draw %s at %s, %s as %s' % (name, node, data['x'], data['y'], data['shape_type']))
            return
    found = counts([path])
    if found != expected:
        fault('%s: kith reads its own GraphML for yEd as %r instead of %r' % (name, found, expected))


GRAPHML = '{http://graphml.graphdrawing.org/xmlns}'


def say_of_each(path, out):
    """The same file without defaults: each value stands with every node or tie. @return how many values were defaults"""
    tree = xml.etree.ElementTree.parse(path)
    root, said = tree.getroot(), 0
    for key in root.findall(GRAPHML + 'key'):
        default = key.find(GRAPHML + 'default')
        if default is None:
            continue
        key.remove(default)
        for element in root.iter(GRAPHML + key.get('for')):
            if all(data.get('key') != key.get('id') for data in element):
                xml.etree.ElementTree.SubElement(element, GRAPHML + 'data', key=key.get('id')).text = default.text
                said += 1
    xml.etree.ElementTree.register_namespace('', GRAPHML[1:-1])
    tree.write(out, encoding='UTF-8', xml_declaration=True)
    return said


def read_by_igraph(igraph, path):
    graph = igraph.Graph.Read_GraphML(path)
    return repr([sorted(one.attributes().items()) for one in [*graph.vs, *graph.es]])


def read_by_networkx(networkx, path):
    graph = networkx.read_graphml(path, force_multigraph=True)
    nodes, ties = graph.graph.get('node_default', {}), graph.graph.get('edge_default', {})
    return repr([sorted({**nodes, **data}.items()) for _, data in graph.nodes(data=True)] +
                [sorted({**ties, **data}.items()) for _, _, data in graph.edges(data=True)])


def read_by_graph_tool(graph_tool, path):
    graph = graph_tool.load_graph(path)
    return repr([(key, kind.value_type(), [kind[one] for one in all_of()])
                 for properties, all_of in ((graph.vertex_properties, graph.vertices), (graph.edge_properties, graph.edges))
                 for key, kind in sorted(properties.items())])


def read_by_kith(_, path):
    """But for where in this file a tie stands."""
    tables = json.loads(kith('export', '--format', 'json', *AS_OF, path))['tables']
    return [{key: value for key, value in row.items() if key not in ('source', 'line')} for name in ('nodes', 'ties') for row in tables[name]]


def defaults(readers, name, folder, path):
    other = os.path.join(folder, 'each', os.path.basename(path))
    os.makedirs(os.path.dirname(other), exist_ok=True)
    if say_of_each(path, other) == 0:
        fault('%s: nothing is said once' % name)
    for who, (library, read) in readers.items():
        if read(library, path) != read(library, other):
            fault('%s: %s reads what is said once otherwise than what is said of each' % (name, who))


def pajek(igraph, name, path, expected):
    kith('export', '--format', 'pajek', '-o', path, *AS_OF, *SETS[name])
    graph = igraph.Graph.Read_Pajek(path)
    # Pajek's names have no quotation marks, so only the counts are compared.
    if (graph.vcount(), graph.ecount()) != expected:
        fault('%s: igraph reads %d vertices and %d lines of Pajek' % (name, graph.vcount(), graph.ecount()))


def with_itself(name, folder, expected):
    """Everything comes back; Pajek knows no kinds of nodes and ties."""
    for extension in ('graphml', 'gexf', 'dot', 'net'):
        path = os.path.join(folder, '%s.%s' % (name, extension))
        if extension == 'dot':
            kith('export', '-o', path, *AS_OF, *SETS[name])
        found = counts([path])
        if found != expected:
            fault('%s: kith reads its own .%s as %r instead of %r' % (name, extension, found, expected))
    for extension in ('graphml', 'gexf', 'dot'):
        kinds = [json.loads(kith('info', '--format', 'json', *AS_OF, *files))['tables']['counts'] for files in (
            SETS[name], [os.path.join(folder, '%s.%s' % (name, extension))])]
        first, second = ([(row['kind'], row['count']) for row in rows] for rows in kinds)
        if first != second:
            fault('%s: kinds come back from .%s as %r' % (name, extension, second))


def main():
    try:
        import igraph
        import networkx
    except ImportError as error:
        print('roundtrip.py: %s; not tried' % error, file=sys.stderr)
        return 77
    graph_tool = load_graph_tool()
    readers = {'igraph': (igraph, read_by_igraph), 'networkx': (networkx, read_by_networkx), 'kith': (None, read_by_kith)}
    if graph_tool:
        readers['graph-tool'] = (graph_tool, read_by_graph_tool)
    with tempfile.TemporaryDirectory() as folder:
        for name, files in SETS.items():
            path = os.path.join(folder, name + '.graphml')
            kith('export', '-o', path, *AS_OF, *files)
            lint = subprocess.run(['xmllint', '--noout', '--nonet', path], capture_output=True, check=False)
            if lint.returncode != 0:
                fault('%s: xmllint: %s' % (name, lint.stderr.decode().splitlines()[0]))
                continue
            expected = counts(files)
            with_igraph(igraph, name, path, expected)
            with_networkx(networkx, name, path, expected)
            if graph_tool:
                with_graph_tool(graph_tool, name, path, expected)
            defaults(readers, name, folder, path)
            print('%s: %d nodes, %d ties' % (name, *expected))
            has_looks(name, 'networkx', (data for _, data in networkx.read_graphml(path).nodes(data=True)))
            gexf(networkx, name, os.path.join(folder, name + '.gexf'), expected)
            yed(networkx, name, os.path.join(folder, name + '-yed.graphml'), expected)
            pajek(igraph, name, os.path.join(folder, name + '.net'), expected)
            with_itself(name, folder, expected)
    return 1 if faults else 0


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: roundtrip.py BUILD')
    KITH = os.path.join(sys.argv[1], 'src/cli/kith')
    sys.exit(main())
