// TransportGraph
