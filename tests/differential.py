#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""differential.py BUILD - what networkx writes, kith reads: the same nodes, ties, weights and direction.

Fifty small random graphs (ten under the sanitizers), directed or not, with loops, isolated nodes and awkward labels, each written as
GML, GraphML, Pajek, GEXF, node-link JSON (both spellings) and as a matrix. Ends with 77 (skipped) where
networkx is missing.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

try:
    import networkx
except ImportError:
    print('differential: networkx is not installed (Debian: python3-networkx)')
    sys.exit(77)

GRAPHS = 50
LABELS = ['Ann Lee', 'Bo', 'Zoë Hartnell', "Siobhán O'Brien", 'Kelp & Co.', '7', '-3.5', 'n12', '山田 太郎', 'a<b>c',
          'Łukasz', 'x=1; y', 'node', 'graph']
faults = []


def random_graph(number):
    chance = random.Random(number)
    graph = networkx.DiGraph() if number % 2 else networkx.Graph()
    labels = chance.sample(LABELS, chance.randint(3, len(LABELS)))
    graph.add_nodes_from(labels)
    graph.add_edge(labels[0], labels[1], weight=0.1)
    for _ in range(chance.randint(1, 40)):
        graph.add_edge(chance.choice(labels), chance.choice(labels), weight=chance.randint(1, 40) / 8)
    return graph


def write_json(graph, path, links):
    document = networkx.node_link_data(graph)
    document[links] = document.pop('links')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(document, file)


def write_matrix(graph, path):
    with open(path, 'w', encoding='utf-8', newline='') as file:
        table = csv.writer(file)
        table.writerow([''] + list(graph))
        for row in graph:
            table.writerow([row] + [graph[row][column]['weight'] if graph.has_edge(row, column) else ''
                                    for column in graph])


WRITERS = {
    'a.gml': networkx.write_gml,
    'a.graphml': networkx.write_graphml_xml,
    'a.net': networkx.write_pajek,
    'a.gexf': networkx.write_gexf,
    'a.json': lambda graph, path: write_json(graph, path, 'links'),
    'b.json': lambda graph, path: write_json(graph, path, 'edges'),
    'a.csv': write_matrix,
}


def export(path, form):
    answer = subprocess.run([KITH, 'export', '--format', form, path], capture_output=True, check=False)
    if answer.returncode != 0:
        faults.append(path)
        print('%s: exit %d: %s' % (path, answer.returncode, answer.stderr.decode().strip()))
        return None
    return answer.stdout


def ties_of(graph):
    """{(from, to): weight}; ends of an undirected tie in order."""
    ties = {}
    for a, b, weight in graph.edges(data='weight'):
        ties[(a, b) if graph.is_directed() else tuple(sorted((a, b)))] = float(weight)
    return ties


def read_back(path, directed):
    document = export(path, 'json')
    if document is None:
        return set(), {}
    tables = json.loads(document)['tables']
    ties = {}
    for tie in tables['ties']:
        ends = (tie['from'], tie['to'])
        ends = ends if directed else tuple(sorted(ends))
        ties[ends] = ties.get(ends, 0) + tie['weight']
    return {node['node'] for node in tables['nodes']}, ties


def compare(name, graph, path):
    nodes, ties = read_back(path, graph.is_directed())
    if nodes != set(graph):
        faults.append(path)
        print('%s: nodes differ: %s' % (name, sorted(nodes ^ set(graph))))
    if ties != ties_of(graph):
        faults.append(path)
        print('%s: ties differ: %s' % (name, sorted(set(ties.items()) ^ set(ties_of(graph).items()))))


def is_symmetric(graph):
    return all(graph.get_edge_data(b, a) == data for a, b, data in graph.edges(data=True))


def compare_direction(name, graph, path):
    """GraphML says whether ties have a direction. A matrix equal to its transpose has none."""
    text = export(path, 'graphml') or b''
    wanted = graph.is_directed() and not (path.endswith('.csv') and is_symmetric(graph))
    if (b'edgedefault="directed"' in text) != wanted:
        faults.append(path)
        print('%s: expected it to be %s' % (name, 'directed' if wanted else 'undirected'))


def main():
    with tempfile.TemporaryDirectory() as folder:
        for number in range(GRAPHS):
            graph = random_graph(number)
            for file, write in WRITERS.items():
                path = os.path.join(folder, file)
                name = 'graph %d, %s' % (number, file)
                write(graph, path)
                compare(name, graph, path)
                if number < 10:
                    compare_direction(name, graph, path)
    print('differential: %d graphs in %d formats, %d faults' % (GRAPHS, len(WRITERS), len(faults)))
    return 1 if faults else 0


if __name__ == '__main__':
    KITH = os.path.join(sys.argv[1], 'src', 'cli', 'kith')
    sys.exit(main())
