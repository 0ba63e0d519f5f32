type Sample::Port = Integer[0, 65535]
